"""Counting working days (工作日), adjusted days (调休) included.

The day of the event is not counted (Civil Code arts 201, 203). The table is seeded from the State Council's
yearly notices through `chinesecalendar`; days beyond it fall back to weekdays and make a result provisional.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from . import audit, outbox
from .models import CalendarDay

# Enough of a window for any legal period: 60 + 30 working days span well under 200 calendar days.
_DAYS_PER_WORKDAY_AT_MOST = 3


@dataclass(frozen=True)
class Deadline:
    """The last day on which an act is in time; `provisional` while the calendar does not cover the span."""

    day: date
    provisional: bool


def _announced(first: date, last: date) -> dict[date, bool]:
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "is_workday"))


def is_workday(day: date) -> bool:
    """True on a working day; an unannounced day counts by its weekday."""
    return _announced(day, day).get(day, day.weekday() < 5)


def add_workdays(day: date, count: int) -> Deadline:
    """The `count`-th working day after `day` (`count` ≥ 1)."""
    if count < 1:
        raise ValueError("count must be at least 1")
    announced = _announced(day, day + timedelta(days=count * _DAYS_PER_WORKDAY_AT_MOST + 15))
    current, left, provisional = day, count, False
    while left:
        current += timedelta(days=1)
        provisional |= current not in announced
        left -= announced.get(current, current.weekday() < 5)
    return Deadline(current, provisional)


def workday_from(day: date) -> Deadline:
    """`day` itself where people work on it, else the next working day (民法典 art. 203)."""
    return add_workdays(day - timedelta(days=1), 1)


def workday_before(day: date, count: int) -> Deadline:
    """The `count`-th working day before `day` (`count` ≥ 1)."""
    if count < 1:
        raise ValueError("count must be at least 1")
    announced = _announced(day - timedelta(days=count * _DAYS_PER_WORKDAY_AT_MOST + 15), day)
    current, left, provisional = day, count, False
    while left:
        current -= timedelta(days=1)
        provisional |= current not in announced
        left -= announced.get(current, current.weekday() < 5)
    return Deadline(current, provisional)


def workdays_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative when `last` lies before `first`."""
    if last < first:
        return -workdays_between(last, first)
    announced = _announced(first, last)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(announced.get(day, day.weekday() < 5) for day in days)


def workdays_to(first: date, days: Iterable[date]) -> dict[date, int]:
    """`workdays_between(first, day)` for each of the days, by one reading of the calendar: for lists."""
    wanted = set(days)
    if not wanted:
        return {}
    low, high = min(first, *wanted), max(first, *wanted)
    announced = _announced(low, high)
    passed, count = {low: 0}, 0
    for n in range(1, (high - low).days + 1):
        day = low + timedelta(days=n)
        count += announced.get(day, day.weekday() < 5)
        passed[day] = count
    return {day: passed[day] - passed[first] for day in wanted}


def local_day(at: datetime) -> date:
    """The calendar day in Chongqing at this moment."""
    return timezone.localtime(at).date()


@transaction.atomic
def set_day(day: date, *, is_workday: bool, name: str, source: str, by, at: datetime) -> CalendarDay:
    """Announce or correct one day; open deadlines follow through the outbox topic `calendar.changed`."""
    row, _created = CalendarDay.objects.update_or_create(
        day=day, defaults={"is_workday": is_workday, "name": name, "source": source}
    )
    audit.record("calendar.set_day", row, by=by, at=at, is_workday=is_workday)
    outbox.put("calendar.changed", row, at=at)
    return row
