"""Complaints of a month, and the on-time rate at its edges."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitoring.figures import matters, sheets
from monitoring.figures.compute import compute
from monitoring.figures.suppression import ALL
from monitoring.periods import parse
from wages.enums import CaseState
from wages.models import Case

pytestmark = pytest.mark.django_db
OCTOBER = parse("2026-10")
CHONGQING = ZoneInfo("Asia/Shanghai")


def on(day, hour=10):
    return datetime.combine(day, datetime.min.time(), CHONGQING) + timedelta(hours=hour)


@pytest.fixture
def case(jiangjin_official):
    """`case(state, …)`: a case of 江津区, filed when `close_by` is given."""
    made = iter(range(10_000))

    def make(state, *, submitted=date(2026, 8, 3), close_by=None, accepted=date(2026, 8, 5), closed=None, **more):
        filed = {
            "accepted_at": on(accepted),
            "accepted_by": jiangjin_official,
            "close_from": accepted,
            "close_workdays": 60,
            "close_by": close_by,
            "close_warn_on": close_by,
        }
        return Case.objects.create(
            number=f"T{next(made):06}",
            state=state,
            kind="report",
            field_type="construction",
            division="500116001",
            submitted_at=on(submitted),
            accept_from=submitted,
            accept_workdays=5,
            accept_by=more.pop("accept_by", submitted + timedelta(days=7)),
            accept_warn_on=submitted + timedelta(days=5),
            closed_at=on(closed) if closed else None,
            paid_at=on(closed) if state == CaseState.SETTLED else None,
            pledged_at=on(submitted),
            **(filed if close_by else {}),
            **more,
        )

    return make


def figures():
    return matters.cases(OCTOBER).get("500116", {})


def test_closed_on_the_last_legal_day_is_on_time(case):
    case(CaseState.SETTLED, close_by=date(2026, 10, 20), closed=date(2026, 10, 20))
    assert (figures()["due"], figures()["on_time"]) == (1, 1)


def test_late_in_the_evening_of_the_last_day_is_still_on_time(case):
    row = case(CaseState.SETTLED, close_by=date(2026, 10, 20), closed=date(2026, 10, 20))
    Case.objects.filter(pk=row.pk).update(closed_at=on(date(2026, 10, 20), hour=23.9))
    assert figures()["on_time"] == 1


def test_the_day_after_is_late(case):
    case(CaseState.SETTLED, close_by=date(2026, 10, 20), closed=date(2026, 10, 21))
    assert (figures()["due"], figures()["on_time"]) == (1, 0)


def test_a_case_still_open_past_its_day_counts_as_late(case):
    case(CaseState.INVESTIGATING, close_by=date(2026, 10, 31))
    assert (figures()["due"], figures()["on_time"], figures()["open"]) == (1, 0, 1)


def test_a_case_whose_time_is_not_up_is_not_due(case):
    case(CaseState.INVESTIGATING, close_by=date(2026, 11, 1))
    assert (figures()["due"], figures()["open"]) == (0, 1)


def test_a_late_case_counts_in_the_month_its_time_ran_out_and_not_again_when_it_closes(case):
    case(CaseState.SETTLED, close_by=date(2026, 9, 30), closed=date(2026, 10, 15))
    assert (figures()["due"], figures()["closed"]) == (0, 1)
    assert matters.cases(parse("2026-09"))["500116"]["due"] == 1


def test_an_early_case_counts_when_it_closes_and_not_again_when_its_time_would_have_run_out(case):
    case(CaseState.SETTLED, close_by=date(2026, 11, 20), closed=date(2026, 10, 15))
    assert (figures()["due"], figures()["on_time"]) == (1, 1)
    assert matters.cases(parse("2026-11"))["500116"]["due"] == 0


def test_what_the_complainant_withdrew_in_time_is_neither_due_nor_closed(case):
    case(CaseState.WITHDRAWN, close_by=date(2026, 10, 20), closed=date(2026, 10, 15))
    assert (figures()["due"], figures()["closed"], figures()["filed"]) == (0, 0, 0)


def test_withdrawing_after_the_last_day_does_not_undo_the_delay(case):
    case(CaseState.WITHDRAWN, close_by=date(2026, 10, 20), closed=date(2026, 10, 25))
    assert (figures()["due"], figures()["on_time"]) == (1, 0)


def test_an_answer_without_filing_is_measured_against_the_days_to_accept(case):
    case(CaseState.NOT_ACCEPTED, submitted=date(2026, 10, 8), accept_by=date(2026, 10, 15), closed=date(2026, 10, 15))
    case(CaseState.TRANSFERRED, submitted=date(2026, 10, 8), accept_by=date(2026, 10, 15), closed=date(2026, 10, 16))
    assert (figures()["due"], figures()["on_time"], figures()["filed"]) == (2, 1, 2)


def test_a_complaint_that_waits_for_papers_is_not_due(case):
    case(CaseState.SUPPLEMENT, submitted=date(2026, 10, 8), accept_by=date(2026, 10, 15))
    assert (figures()["due"], figures()["open"]) == (0, 1)


def test_the_month_reads_the_same_when_it_is_built_later(case):
    """Accepted and closed after the month: October does not know it yet."""
    case(CaseState.SETTLED, submitted=date(2026, 10, 28), accepted=date(2026, 11, 3), close_by=date(2027, 1, 29),
         closed=date(2026, 11, 20))  # fmt: skip
    assert (figures()["filed"], figures()["open"], figures()["due"], figures()["closed"]) == (1, 1, 0, 0)


def test_the_rate_is_rounded_down_so_that_it_never_flatters():
    assert sheets.rate(9599, 10000) == 95.9
    assert sheets.rate(96, 100) == 96.0


def test_nine_cases_show_for_the_city_and_for_no_district(case):
    for _ in range(9):
        case(CaseState.SETTLED, close_by=date(2026, 10, 20), closed=date(2026, 10, 20))
    made = compute(OCTOBER, ["500116", "500236"]).sheets
    assert made["500000"]["wages.cases"]["closed"] == 9
    assert made["500000"]["wages.on_time_rate"] == {ALL: 100.0}
    assert made["500116"]["wages.on_time_rate"] == {ALL: None}
    assert made["500116"]["wages.cases"]["closed"] is None
    assert made["500236"]["wages.cases"]["closed"] is None, "a published 0 would leave only one district"
    assert "wages.on_time_rate" not in made["500236"]


def test_ten_cases_of_one_district_show_there(case):
    for _ in range(10):
        case(CaseState.SETTLED, close_by=date(2026, 10, 20), closed=date(2026, 10, 20))
    made = compute(OCTOBER, ["500116", "500236"]).sheets
    assert made["500116"]["wages.cases"]["closed"] == 10
    assert made["500116"]["wages.on_time_rate"] == {ALL: 100.0}
    assert made["500236"]["wages.cases"]["closed"] == 0


def test_the_city_rate_weighs_every_case_once(case):
    for day in (19, 20, 21):
        for _ in range(10):
            case(CaseState.SETTLED, close_by=date(2026, 10, 20), closed=date(2026, 10, day))
    made = compute(OCTOBER, ["500116"]).sheets
    assert made["500000"]["wages.on_time_rate"] == {ALL: 66.6}
    assert made["500000"]["wages.cases"] == {"filed": 0, "closed": 30, "open": 0, "due": 30}
