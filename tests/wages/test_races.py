"""Real transactions in real threads; each race has a twin without the guard, which must go wrong."""

import threading
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from core import audit
from core.errors import NotAllowed, Refusal
from employers.enums import ArrearsStanding
from tests.races import at_once
from wages import policies, services
from wages.enums import CaseState
from wages.models import Case, StatusTry
from wages.services import _links, acceptance, watching

from .conftest import CHONGQING, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officials_at_once_make_one_decision(case, jiangjin_official, city_official, at):
    outcomes = at_once(
        lambda: services.accept(case, by=jiangjin_official, at=at),
        lambda: services.refuse(case, by=city_official, at=at, ground="not_wages"),
    )
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    told = next(str(outcome) for outcome in outcomes if isinstance(outcome, Refusal))
    assert "经办" in told and "已先行办理" in told
    decisions = [entry.verb for entry in audit.timeline(case) if entry.verb in ("accept", "refuse")]
    assert len(decisions) == 1
    assert Case.objects.get(pk=case.pk).documents.count() == 1


def test_without_compare_and_set_both_would_decide(case):
    """The negative control: reading the state first and writing later lets both through."""
    barrier, decided = threading.Barrier(2), []

    def decide(state):
        def act():
            row = Case.objects.get(pk=case.pk)
            if row.state == CaseState.SUBMITTED:
                barrier.wait(10)
                Case.objects.filter(pk=row.pk).update(transfer_target=state)
                decided.append(state)

        return act

    at_once(decide("a"), decide("b"))
    assert len(decided) == 2


def test_who_decides_while_the_case_moves_away_is_in_charge_or_decides_nothing(case, jiangjin_official, at):
    def accept():
        try:
            return services.accept(case, by=jiangjin_official, at=at)
        except NotAllowed as no:
            return no

    accepted, _moved = at_once(accept, lambda: services.hand_over(case, by=jiangjin_official, at=at, district="500236"))
    now = Case.objects.get(pk=case.pk)
    assert (now.division, now.assignee) == ("500236", None)
    assert (now.state == CaseState.ACCEPTED) is not isinstance(accepted, NotAllowed)


def test_without_the_rows_lock_an_office_would_decide_what_it_has_given_away(case, jiangjin_official, at, monkeypatch):
    """The negative control: asked before the case moved, decided afterwards."""
    asked, given_away = threading.Event(), threading.Event()

    def in_charge(row, by):
        fresh = Case.objects.get(pk=row.pk)
        assert policies.may_decide(by, fresh)
        asked.set()
        given_away.wait(10)
        return fresh

    def hand_over():
        asked.wait(10)
        services.hand_over(case, by=jiangjin_official, at=at, district="500236")
        given_away.set()

    monkeypatch.setattr(acceptance, "to_take_up", in_charge)
    at_once(lambda: services.accept(case, by=jiangjin_official, at=at), hand_over)
    now = Case.objects.get(pk=case.pk)
    assert (now.division, now.assignee) == ("500236", jiangjin_official)


def test_parallel_guesses_at_a_case_do_not_outrun_the_limit(case, at):
    at_once(*(lambda n=n: services.find(case.number, f"9{n:03}", at=at) for n in range(12)))
    assert StatusTry.objects.count() == services.status.FROM_ONE_ADDRESS[0]


def test_one_draft_filed_from_two_places_is_one_case(answered, code, at):
    draft = answered(code=code, at=at)
    outcomes = at_once(*(lambda: services.file(draft, phone=PHONE, by=None, at=at) for _ in range(4)))
    assert Case.objects.count() == 1
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 3


def test_two_watches_at_once_warn_once(case, at):
    when = at + timedelta(days=8)
    at_once(lambda: services.watch(at=when), lambda: services.watch(at=when))
    clocks = [entry.data["clock"] for entry in audit.timeline(case) if entry.verb == "deadline_over"]
    assert sorted(clocks) == ["accept", "contact"]


def end_two_cases(filed, code, official, inspector, at):
    """Two investigated cases of one employer, closed at the same moment."""
    cases = [filed(at=at, code=code) for _n in range(2)]
    for case in cases:
        services.accept(case, by=official, at=at)
        services.investigate(case, by=official, at=at, second_inspector=inspector)
    at_once(*(lambda case=case: services.close_unfounded(case, by=official, at=at, note="x") for case in cases))


def test_two_cases_that_end_at_once_clear_the_employer(
    filed, code, employer, jiangjin_official, jiangjin_inspector, at
):
    end_two_cases(filed, code, jiangjin_official, jiangjin_inspector, at)
    employer.refresh_from_db()
    assert employer.arrears_standing == ArrearsStanding.NONE


def test_without_the_employers_lock_each_would_leave_the_other(
    filed, code, employer, jiangjin_official, jiangjin_inspector, at, monkeypatch
):
    """The negative control: both look for open cases before either is committed."""
    barrier, standing = threading.Barrier(2), _links._standing

    def together(case):
        seen = standing(case)
        barrier.wait(10)
        return seen

    monkeypatch.setattr(_links, "_locked_employer", lambda case: case.employer)
    monkeypatch.setattr(_links, "_standing", together)
    end_two_cases(filed, code, jiangjin_official, jiangjin_inspector, at)
    employer.refresh_from_db()
    assert employer.arrears_standing == ArrearsStanding.OPEN


def test_two_officials_issue_one_code_for_a_site(project, city_official, jiangjin_official):
    def issue(by):
        return lambda: services.issue_code(
            employer=project.general_contractor, project=project, by=by, at=timezone.now()
        )

    outcomes = at_once(issue(city_official), issue(jiangjin_official))
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert project.wage_codes.count() == 1


def proposed(filed, code, official, inspector, at):
    """An investigated case with an extension that waits for its second official; its last day is day 60."""
    case = services.accept(filed(at=at, code=code), by=official, at=at)
    services.investigate(case, by=official, at=at, second_inspector=inspector)
    return services.propose_extension(case, by=official, at=at + timedelta(days=9), reason="x")


def last_moment_of(case):
    day = case.close_by
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=CHONGQING)


def test_an_extension_at_the_very_end_of_day_sixty_counts_and_a_moment_later_does_not(
    filed, code, jiangjin_official, jiangjin_inspector, city_official, at
):
    approval = proposed(filed, code, jiangjin_official, jiangjin_inspector, at)
    end = last_moment_of(approval.case)
    with pytest.raises(Refusal, match="原期限已过"):
        services.approve(approval, by=city_official, at=end + timedelta(microseconds=1))
    services.approve(approval, by=city_official, at=end)
    assert Case.objects.get(pk=approval.case_id).close_workdays == 90


def test_an_extension_signed_at_the_end_of_day_sixty_and_the_watch_after_midnight_agree(
    filed, code, jiangjin_official, jiangjin_inspector, city_official, at
):
    """Whoever holds the case's row first, nobody hears that an extended case is overdue once it is extended."""
    approval = proposed(filed, code, jiangjin_official, jiangjin_inspector, at)
    end = last_moment_of(approval.case)
    at_once(
        lambda: services.approve(approval, by=city_official, at=end),
        lambda: services.watch(at=end + timedelta(seconds=1)),
    )
    case = Case.objects.get(pk=approval.case_id)
    assert case.close_workdays == 90
    over = [entry for entry in audit.timeline(case).order_by("id") if entry.verb in ("extend", "deadline_over")]
    assert [entry.verb for entry in over][-1] == "extend"


def test_without_the_rows_lock_the_watch_would_call_an_extended_case_overdue(
    filed, code, jiangjin_official, jiangjin_inspector, city_official, at, monkeypatch
):
    """The negative control: the watch looked before the extension and writes after it."""
    approval = proposed(filed, code, jiangjin_official, jiangjin_inspector, at)
    end = last_moment_of(approval.case)
    looked, extended = threading.Event(), threading.Event()

    def unlocked(pk):
        case = Case.objects.get(pk=pk)
        looked.set()
        extended.wait(10)
        return case

    def approve():
        looked.wait(10)
        services.approve(approval, by=city_official, at=end)
        extended.set()

    monkeypatch.setattr(watching, "_held", unlocked)
    at_once(lambda: services.watch(at=end + timedelta(seconds=1)), approve)
    verbs = [entry.verb for entry in audit.timeline(approval.case).order_by("id")]
    assert verbs.index("extend") < len(verbs) - 1 and verbs[-1] == "deadline_over"


def test_two_officials_sign_one_extension_once(filed, code, jiangjin_official, jiangjin_inspector, city_official, at):
    approval = proposed(filed, code, jiangjin_official, jiangjin_inspector, at)
    end = last_moment_of(approval.case)
    outcomes = at_once(
        lambda: services.approve(approval, by=city_official, at=end),
        lambda: services.approve(approval, by=jiangjin_inspector, at=end),
    )
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert [entry.verb for entry in audit.timeline(approval.case)].count("extend") == 1
