"""The clocks against a table worked out apart from this code, and against a counter that goes day by day.

`deadlines_by_hand.csv`: rows marked `hand` were counted out day by day; rows marked `ledger` were worked out from the
State Council's notices, typed in by hand, as weekdays of the span less holidays plus make-up days. Both say why.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import CalendarDay
from wages import deadlines
from wages.deadlines import Clock, Unit
from wages.terms import ClockKind, term

pytestmark = pytest.mark.django_db
TABLE = list(csv.DictReader((Path(__file__).parent / "deadlines_by_hand.csv").read_text("utf-8").splitlines()))
MORE = {"close+extension": ("close", "extension"), "arb_award+extra": ("arb_award", "arb_award_extra")}


def day(text):
    return date.fromisoformat(text)


def answer(row):
    start, kind = day(row["start"]), row["kind"]
    if kind == "arb_hearing_notice":
        notice = term(kind, on=start)
        return deadlines.latest_before(start, notice.length, notice.unit)
    first, more = MORE.get(kind, (kind, None))
    clock = term(first, on=start).since(start)
    if more:
        clock = deadlines.extended(clock, term(more, on=start).length)
    if row["stopped"]:
        clock = deadlines.resumed(clock, stopped_on=day(row["stopped"]), resumed_on=day(row["resumed"]))
    return deadlines.last_day(clock)


def test_the_table_is_large_and_covers_every_year_and_kind():
    assert len(TABLE) >= 200
    assert {row["start"][:4] for row in TABLE} == {str(year) for year in range(2020, 2027)}
    kinds = {row["kind"] for row in TABLE}
    assert set(ClockKind.values) <= kinds
    assert {"close+extension", "arb_award+extra", "arb_fast_award", "arb_hearing_notice"} <= kinds
    assert sum(bool(row["stopped"]) for row in TABLE) >= 5
    assert all(len(row["reasoning"]) > 8 for row in TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['start']}-{row['kind']}-{row['stopped'] or 'runs'}")
def test_a_case_worked_out_by_hand(row):
    found = answer(row)
    assert (found.day, found.provisional) == (day(row["expected"]), False), row["reasoning"]


# The independent counter: one day after the other, from the calendar's rows alone.
KNOWN_FROM, KNOWN_TO = date(2020, 1, 1), date(2026, 12, 31)


@pytest.fixture
def works():
    return {row.day: row.is_workday for row in CalendarDay.objects.all()}


def count(works, clock):
    """(last day, whether a day without a row was met on the way)."""
    current, left, unknown = clock.start, clock.length, False
    if clock.unit is Unit.WORKDAYS:
        while left:
            current += timedelta(days=1)
            unknown |= current not in works
            if works.get(current, current.isoweekday() <= 5):
                left -= 1
        return current, unknown
    if clock.unit is Unit.DAYS:
        while left:
            current += timedelta(days=1)
            left -= 1
    else:
        for _n in range(clock.length):  # the first of the month after, as often as there are months
            current = (current.replace(day=1) + timedelta(days=32)).replace(day=1)
        month = current.month
        for _n in range(clock.start.day - 1):
            if (current + timedelta(days=1)).month == month:
                current += timedelta(days=1)
    unknown |= current not in works
    while not works.get(current, current.isoweekday() <= 5):
        current += timedelta(days=1)
        unknown |= current not in works
    return current, unknown


UNITS = {Unit.WORKDAYS: 120, Unit.DAYS: 120, Unit.MONTHS: 7}
CLOCKS = st.builds(
    lambda start, unit, share: Clock(start, 1 + int(share * (UNITS[unit] - 1)), unit),
    st.dates(KNOWN_FROM, date(2027, 3, 1)),
    st.sampled_from(list(Unit)),
    st.floats(0, 1),
)
MANY = settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(clock=CLOCKS)
def test_the_last_day_is_that_of_a_counter_that_goes_day_by_day(works, clock):
    found = deadlines.last_day(clock)
    assert (found.day, found.provisional) == count(works, clock)


@settings(MANY, max_examples=1000)
@given(clock=CLOCKS, percents=st.lists(st.integers(1, 100), min_size=2, max_size=2).map(sorted))
def test_people_are_told_in_order_on_working_days_and_never_after_the_last(works, clock, percents):
    reading = deadlines.read(clock, percents)
    first, second = reading.marks
    assert clock.start < first <= second <= reading.by
    assert all(works.get(mark, mark.isoweekday() <= 5) for mark in reading.marks)


@settings(MANY, max_examples=1000)
@given(
    start=st.dates(date(2020, 1, 1), date(2026, 6, 1)),
    length=st.integers(1, 60),
    waits=st.integers(0, 80),
    asleep=st.integers(0, 80),
)
def test_before_and_after_a_pause_the_days_add_up(works, start, length, waits, asleep):
    """Days used before the stop and after the resumption, counted one by one, are the length that the law gives."""
    stopped, back = start + timedelta(days=waits), start + timedelta(days=waits + asleep)
    clock = Clock(start, length)
    last = deadlines.last_day(deadlines.resumed(clock, stopped_on=stopped, resumed_on=back)).day
    before = sum(works[start + timedelta(days=n)] for n in range(1, waits))
    if before >= length:
        assert last == count(works, clock)[0]  # had run out, stays run out
    else:
        after = sum(works[back + timedelta(days=n)] for n in range(1, (last - back).days + 1))
        assert before + after == length and works[last]


@settings(MANY, max_examples=1000)
@given(
    event=st.dates(date(2020, 3, 1), KNOWN_TO),
    length=st.integers(1, 15),
    unit=st.sampled_from([Unit.WORKDAYS, Unit.DAYS]),
)
def test_what_is_due_before_an_event_leaves_the_days_between(works, event, length, unit):
    found = deadlines.latest_before(event, length, unit).day
    between = [found + timedelta(days=n) for n in range(1, (event - found).days)]
    assert works[found]
    if unit is Unit.WORKDAYS:
        assert sum(works[one] for one in between) == length - 1
    else:
        assert len(between) >= length - 1
        later = [one for one in between if (event - one).days >= length]
        assert not any(works[one] for one in later)
