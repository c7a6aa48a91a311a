"""Working days skip holidays, count adjusted days, and are marked provisional beyond the calendar."""

from datetime import date

import pytest

from core import calendar
from core.models import CalendarDay, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 9, 30), 5, date(2026, 10, 13)),  # National Day 1–7; Saturday 10 October is worked
        (date(2026, 2, 13), 5, date(2026, 2, 27)),  # Spring Festival 15–23; Saturday 14 February is worked
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # over a weekend
        (date(2026, 3, 7), 5, date(2026, 3, 13)),  # the day of the event is not counted
    ],
)
def test_holidays_are_skipped_and_adjusted_days_counted(start, count, expected):
    assert calendar.add_workdays(start, count) == calendar.Deadline(expected, provisional=False)


def test_2026_has_248_working_days():
    assert calendar.workdays_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


def test_beyond_the_calendar_weekdays_count_and_the_result_is_provisional():
    assert calendar.add_workdays(date(2026, 12, 30), 5) == calendar.Deadline(date(2027, 1, 6), provisional=True)


@pytest.mark.parametrize("count", [1, 5, 15, 60, 90])
def test_counting_back_gives_the_same_number(count):
    start = date(2026, 1, 20)
    assert calendar.workdays_between(start, calendar.add_workdays(start, count).day) == count


def test_days_backwards_are_negative():
    assert calendar.workdays_between(date(2026, 3, 13), date(2026, 3, 6)) == -5


def test_a_changed_day_is_announced_to_who_keeps_deadlines(at):
    calendar.set_day(date(2026, 3, 11), is_workday=False, name="临时放假", source="通知", by=None, at=at)
    assert calendar.add_workdays(date(2026, 3, 9), 2).day == date(2026, 3, 12)
    assert OutboxMessage.objects.get().topic == "calendar.changed"
    assert not CalendarDay.objects.get(day=date(2026, 3, 11)).is_workday


def test_zero_days_is_a_programming_error():
    with pytest.raises(ValueError, match="at least 1"):
        calendar.add_workdays(date(2026, 3, 9), 0)
