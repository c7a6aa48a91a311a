"""The law's clocks across the holidays and adjusted working days of 2026."""

from datetime import date, timedelta

import pytest

from core import audit, calendar
from wages import services
from wages.deadlines import Clock, extended, read, resumed
from wages.enums import CaseState
from wages.models import Case

from .conftest import on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "workdays", "last"),
    [
        (date(2026, 3, 9), 5, date(2026, 3, 16)),  # an ordinary week
        (date(2026, 2, 12), 5, date(2026, 2, 26)),  # Sat 14 February works; 15–23 is Spring Festival
        (date(2026, 9, 18), 5, date(2026, 9, 24)),  # Sunday the 20th works, Mid-Autumn begins on the 25th
        (date(2026, 9, 30), 5, date(2026, 10, 13)),  # National Day week, then Saturday the 10th works
        (date(2026, 5, 8), 1, date(2026, 5, 9)),  # a Saturday that works is a last day
        (date(2026, 1, 2), 60, date(2026, 4, 1)),
    ],
)
def test_the_last_day_skips_holidays_and_counts_make_up_days(start, workdays, last):
    reading = read(Clock(start, workdays))
    assert (reading.by, reading.provisional) == (last, False)


def test_a_deadline_beyond_the_announced_calendar_is_provisional():
    assert read(Clock(date(2026, 11, 23), 60)).provisional
    assert not read(Clock(date(2026, 11, 23), 5)).provisional


def test_people_are_told_on_the_days_that_use_up_seven_and_nine_tenths():
    assert read(Clock(date(2026, 3, 9), 5), (70, 90)).marks == (date(2026, 3, 13), date(2026, 3, 16))
    assert read(Clock(date(2026, 3, 9), 10), (70, 90)).marks == (date(2026, 3, 18), date(2026, 3, 20))


def test_a_pause_costs_the_complainant_nothing_and_the_office_no_day():
    clock = Clock(date(2026, 3, 9), 5)
    # Asked on Wednesday (one full day used), supplied a fortnight later: four days are left.
    assert resumed(clock, stopped_on=date(2026, 3, 11), resumed_on=date(2026, 3, 25)) == Clock(date(2026, 3, 25), 4)
    assert resumed(clock, stopped_on=date(2026, 3, 9), resumed_on=date(2026, 3, 10)).length == 5


def test_asking_for_papers_after_the_deadline_cures_nothing():
    clock = Clock(date(2026, 3, 9), 5)
    assert resumed(clock, stopped_on=date(2026, 3, 18), resumed_on=date(2026, 3, 30)) == clock


def test_an_extension_counts_from_the_same_start():
    assert extended(Clock(date(2026, 3, 9), 60), 30) == Clock(date(2026, 3, 9), 90)


def test_a_case_knows_its_deadline_and_the_rule_behind_it(case):
    assert (case.due_on, case.warn_on) == (date(2026, 3, 16), date(2026, 3, 13))


def test_filing_starts_the_sixty_days(accepted):
    assert accepted.close_by == calendar.add_workdays(date(2026, 3, 10), 60).day
    assert accepted.due_on == accepted.close_by
    assert accepted.documents.get().rule == "wages.close_workdays@2004-12-01"


def test_no_clock_runs_while_papers_are_awaited(case, jiangjin_official, at):
    waiting = services.request_supplement(case, by=jiangjin_official, at=at + timedelta(days=2), note="请补公司全称")
    assert waiting.due_on is None
    back = services.supply(waiting, by=None, at=at + timedelta(days=9))
    assert back.due_on == calendar.add_workdays(date(2026, 3, 18), 4).day


def test_a_changed_calendar_day_moves_open_deadlines_and_says_so(case, accepted, city_official, at, deliver):
    before = accepted.close_by
    calendar.set_day(date(2026, 3, 18), is_workday=False, name="临时放假", source="通知", by=city_official, at=at)
    deliver(at)
    deliver(at)
    moved = Case.objects.get(pk=case.pk)
    assert moved.close_by == calendar.add_workdays(date(2026, 3, 10), 60).day > before
    assert [entry.verb for entry in audit.timeline(case)].count("deadline_moved") == 1


def test_a_changed_day_outside_the_clock_moves_nothing(case, city_official, at, deliver):
    before = case.due_on
    calendar.set_day(date(2026, 3, 20), is_workday=False, name="", source="通知", by=city_official, at=at)
    deliver(at)
    assert Case.objects.get(pk=case.pk).due_on == before


def test_the_clock_of_acceptance_rests_once_a_case_is_accepted(filed, code, accepted, city_official, at, deliver):
    filed(at=at, code=code)  # waits on the very clock that the other has behind it
    before = accepted.accept_by
    calendar.set_day(date(2026, 3, 12), is_workday=False, name="", source="通知", by=city_official, at=at)
    deliver(at)
    accepted.refresh_from_db()
    assert accepted.accept_by == before
    assert audit.timeline(accepted).filter(verb="deadline_moved").count() == 1


def test_a_provisional_deadline_becomes_firm_when_the_calendar_is_announced(filed, code, city_official, deliver):
    case = filed(at=on(date(2026, 12, 30)), code=code)
    assert case.accept_provisional
    for n in range(1, 16):
        day = date(2027, 1, n)
        calendar.set_day(
            day, is_workday=n > 3 and day.weekday() < 5, name="", source="通知", by=city_official, at=case.submitted_at
        )
    deliver(case.submitted_at)
    case.refresh_from_db()
    assert not case.accept_provisional
    assert case.due_on == calendar.add_workdays(date(2026, 12, 30), 5).day


def test_closed_cases_keep_their_deadlines(case, jiangjin_official, city_official, at, deliver):
    closed = services.refuse(case, by=jiangjin_official, at=at, ground="not_wages")
    calendar.set_day(date(2026, 3, 12), is_workday=False, name="", source="通知", by=city_official, at=at)
    deliver(at)
    after = Case.objects.get(pk=case.pk)
    assert (after.accept_by, after.state) == (closed.accept_by, CaseState.NOT_ACCEPTED)
