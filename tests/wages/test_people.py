"""The people of a case: everybody has one row, sums follow, and each is judged alone."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from core import audit
from core.crypto import blind_index
from core.errors import NotAllowed, Refusal
from wages import services
from wages.enums import ClaimantState, Kind
from wages.models import Case, Claimant, OwedMonth

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=1)


def test_a_single_complaint_has_one_person_with_its_sum(case):
    person = case.claimants.get()
    assert (person.name.open(), person.claimed_fen, person.stands_for) == ("王小明", 12_600_00, 1)
    assert person.origin_id == case.pk and person.owed_fen == 12_600_00
    assert (case.people_now, case.claimed_now_fen, case.verified_now_fen, case.owed_now_fen) == (
        1,
        12_600_00,
        None,
        12_600_00,
    )


def test_a_group_that_names_nobody_yet_is_one_row_for_all_of_them(filed, code, at):
    case = filed(at=at, code=code, headcount=12)
    assert (case.claimants.get().stands_for, case.people_now, case.claimants.get().representative) == (12, 12, True)


def test_a_report_has_a_row_without_a_name(filed, code, at):
    person = filed(at=at, code=code, kind=Kind.REPORT).claimants.get()
    assert person.name is None and person.phone is None and person.claimed_fen == 12_600_00


def test_what_was_verified_changes_what_is_owed_and_the_cases_sums(case, jiangjin_official, at):
    services.verify_person(
        case.claimants.get(), by=jiangjin_official, at=at + LATER, verified_fen=10_000_00, reason="工资表只到一月"
    )
    person = case.claimants.get()
    assert (person.state, person.verified_fen, person.owed_fen) == (ClaimantState.VERIFIED, 10_000_00, 10_000_00)
    case = Case.objects.get(pk=case.pk)
    assert (case.verified_now_fen, case.owed_now_fen, case.amount_fen) == (10_000_00, 10_000_00, 12_600_00)
    entry = audit.timeline(case).filter(verb="verify_person").get()
    assert entry.reason == "工资表只到一月" and entry.data["to_fen"] == 10_000_00


def test_one_person_ends_and_comes_back_and_the_sums_follow(case, jiangjin_official, at):
    person = services.end_person(
        case.claimants.get(),
        by=jiangjin_official,
        at=at + LATER,
        state=ClaimantState.UNFOUNDED,
        reason="考勤里没有这个人",
    )
    assert person.owed_fen == 0 and Case.objects.get(pk=case.pk).claimed_now_fen == 0
    services.resume_person(person, by=jiangjin_official, at=at + 2 * LATER, reason="名字写错，查到了")
    assert Case.objects.get(pk=case.pk).claimed_now_fen == 12_600_00


def test_an_official_of_another_district_judges_nobody(case, fengjie_official, at):
    with pytest.raises(NotAllowed):
        services.verify_person(case.claimants.get(), by=fengjie_official, at=at, verified_fen=1, reason="x")
    assert case.claimants.get().verified_fen is None


def test_an_ended_claim_is_not_verified_and_nothing_is_no_sum(case, jiangjin_official, at):
    person = case.claimants.get()
    with pytest.raises(Refusal, match="查无欠薪"):
        services.verify_person(person, by=jiangjin_official, at=at, verified_fen=0, reason="没有")
    services.end_person(person, by=jiangjin_official, at=at, state=ClaimantState.WITHDRAWN, reason="本人来说明")
    with pytest.raises(Refusal, match="已结束"):
        services.verify_person(person, by=jiangjin_official, at=at, verified_fen=1, reason="x")


def test_the_ledgers_sums_are_the_databases_own(case):
    line = OwedMonth.objects.create(
        claimant=case.claimants.get(),
        month=dt.date(2026, 3, 1),
        basis="day",
        rate_fen=280_01,
        quantity="21.5",
        paid_fen=2_000_00,
    )
    line.refresh_from_db()
    assert (line.agreed_fen, line.owed_fen) == (6_020_22, 4_020_22)  # 602,021.5 分, half goes up
    OwedMonth.objects.filter(pk=line.pk).update(paid_fen=9_999_00)
    line.refresh_from_db()
    assert line.owed_fen == 0


@pytest.mark.parametrize(
    "change",
    [
        {"claimed_fen": -1},
        {"paid_fen": -1},
        {"verified_fen": -1},
        {"state": ClaimantState.PAID},
        {"state": ClaimantState.VERIFIED},
        {"state": ClaimantState.UNFOUNDED},
        {"double_of": F("pk")},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(case, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claimant.objects.filter(pk=case.claimants.get().pk).update(**change)


def test_one_person_stands_once_in_a_case(case, filed, at):
    index = blind_index("id_number", "11010519491231002X")
    first = case.claimants.get()
    Claimant.objects.filter(pk=first.pk).update(id_index=index)
    other = filed(at=at, phone="15400000002").claimants.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Claimant.objects.filter(pk=other.pk).update(case=case, id_index=index)
    Claimant.objects.filter(pk=other.pk).update(case=case, id_index=index, double_of=first)
    other.refresh_from_db()
    assert other.owed_fen == 0
