"""After the decision: the demand and the court's window; the police's receipt and answer, and the way back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.errors import Refusal
from tests.races import at_once, passed
from wages import services
from wages.enums import CaseState, PoliceAnswer
from wages.models import Case, Enforcement, PoliceTransfer
from wages.terms import ClockKind

from .conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(investigating, jiangjin_official, city_official):
    by = {"by": jiangjin_official, "at": on(date(2026, 3, 16))}
    proposal = services.propose_decision(investigating, reason="x", amount_fen=100, **by)
    services.approve(proposal, by=city_official, at=on(date(2026, 3, 17)))
    return Case.objects.get(pk=investigating.pk)


@pytest.fixture
def demanded(decided, jiangjin_official):
    """The decision was served on 18 March, the demand on 21 September 2026."""
    when = date(2026, 9, 21)
    return services.demand(decided, by=jiangjin_official, at=on(when), served_on=date(2026, 3, 18), demanded_on=when)


def test_the_court_is_asked_after_the_demand_and_the_time_to_sue_and_within_three_months(demanded):
    assert demanded.suit_until == date(2026, 9, 18)
    # 21 September + 10 working days over Mid-Autumn and National Day, the 10th made up: 12 October.
    assert demanded.not_before == date(2026, 10, 13)
    assert demanded.apply_by == date(2026, 12, 18)
    clocks = dict(demanded.case.clocks.filter(ended_on__isnull=True).values_list("kind", "due_on"))
    assert clocks == {ClockKind.DEMAND: date(2026, 10, 12), ClockKind.COURT: date(2026, 12, 18)}


def test_nobody_applies_without_a_demand_or_before_its_time(decided, jiangjin_official):
    with pytest.raises(Refusal, match="先催告"):
        services.enforce(decided, by=jiangjin_official, at=on(date(2026, 10, 20)), court="江津区法院")
    when = date(2026, 9, 21)
    services.demand(decided, by=jiangjin_official, at=on(when), served_on=date(2026, 3, 18), demanded_on=when)
    with pytest.raises(Refusal, match="10月13日"):
        services.enforce(decided, by=jiangjin_official, at=on(date(2026, 10, 12)), court="江津区法院")
    assert Case.objects.get(pk=decided.pk).state == CaseState.DECISION


def test_an_application_in_its_window_ends_the_clocks(demanded, jiangjin_official):
    case = services.enforce(demanded.case, by=jiangjin_official, at=on(date(2026, 10, 13)), court="江津区法院")
    assert case.state == CaseState.ENFORCEMENT
    demanded.refresh_from_db()
    assert (demanded.applied_on, demanded.court) == (date(2026, 10, 13), "江津区法院")
    assert not case.clocks.filter(kind__in=[ClockKind.DEMAND, ClockKind.COURT], ended_on__isnull=True).exists()


def test_a_late_application_needs_its_reason(demanded, jiangjin_official):
    late = {"by": jiangjin_official, "at": on(date(2026, 12, 21)), "court": "江津区法院"}
    with pytest.raises(Refusal, match="12月18日") as refused:
        services.enforce(demanded.case, **late)
    assert refused.value.field == "late_reason"
    assert services.enforce(demanded.case, late_reason="单位负责人下落不明", **late).state == CaseState.ENFORCEMENT


def test_the_database_keeps_the_window_too(demanded):
    with pytest.raises(IntegrityError, match="in_time"), transaction.atomic():
        Enforcement.objects.filter(pk=demanded.pk).update(applied_on=date(2026, 10, 1), court="x")
    with pytest.raises(IntegrityError, match="late_reason"), transaction.atomic():
        Enforcement.objects.filter(pk=demanded.pk).update(applied_on=date(2026, 12, 30), court="x")


@pytest.mark.django_db(transaction=True)
def test_two_officials_demand_once(decided, jiangjin_official, city_official):
    facts = {"at": on(date(2026, 9, 21)), "served_on": date(2026, 3, 18), "demanded_on": date(2026, 9, 21)}
    outcomes = at_once(
        *(lambda by=by: services.demand(decided, by=by, **facts) for by in (jiangjin_official, city_official))
    )
    assert len(passed(outcomes)) == 1 and Enforcement.objects.count() == 1


@pytest.fixture
def at_the_police(investigating, jiangjin_official):
    services.order(
        investigating, by=jiangjin_official, at=on(date(2026, 3, 12)), amount_fen=12_600_00, pay_by=date(2026, 3, 20)
    )
    when = {"by": jiangjin_official, "at": on(date(2026, 3, 23))}
    return services.refer_police(investigating, note="逾期不付", station="江津区公安局", **when)


def test_a_transfer_keeps_what_was_known_and_says_no_verdict(at_the_police):
    row = PoliceTransfer.objects.get()
    assert (row.station, row.sent_on, row.people, row.owed_fen) == ("江津区公安局", date(2026, 3, 23), 1, 12_600_00)
    assert row.reached is False  # two months only, and it went there all the same: the official judges


def test_the_polices_receipt_and_answer_are_facts_with_their_days(at_the_police, jiangjin_official):
    by = {"by": jiangjin_official, "at": on(date(2026, 3, 31))}
    with pytest.raises(Refusal, match="移送之后"):
        services.police_receipt(at_the_police, on=date(2026, 3, 20), number="x", **by)
    services.police_receipt(at_the_police, on=date(2026, 3, 24), number="渝公津〔2026〕7", **by)
    with pytest.raises(Refusal, match="已经记录"):
        services.police_receipt(at_the_police, on=date(2026, 3, 24), number="x", **by)
    services.police_answer(at_the_police, on=date(2026, 3, 30), answer=PoliceAnswer.DECLINED, note="金额不足", **by)
    row = PoliceTransfer.objects.get()
    assert (row.receipt_number, row.answer, row.answered_on) == ("渝公津〔2026〕7", "declined", date(2026, 3, 30))
    assert [entry.verb for entry in audit.timeline(at_the_police)][-2:] == ["police_receipt", "police_answer"]


def test_what_the_police_decline_comes_back_with_the_days_it_had_left(at_the_police, jiangjin_official):
    back = services.take_back(at_the_police, by=jiangjin_official, at=on(date(2026, 4, 7)), note="公安不予立案")
    assert back.state == CaseState.INVESTIGATING and back.closed_at is None
    assert back.close_workdays == 60 - 8  # 11 to 20 March


@pytest.mark.django_db(transaction=True)
def test_two_officials_take_it_back_once(at_the_police, jiangjin_official, city_official):
    when = on(date(2026, 4, 7))
    outcomes = at_once(
        *(
            lambda by=by: services.take_back(at_the_police, by=by, at=when, note="x")
            for by in (jiangjin_official, city_official)
        )
    )
    assert len(passed(outcomes)) == 1
    assert [entry.verb for entry in audit.timeline(at_the_police)].count("take_back") == 1
