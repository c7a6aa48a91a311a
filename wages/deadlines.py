"""The law's clocks as arithmetic over the work calendar. No case, no parameter, no present moment in here.

The day of the event is not counted (民法典 art. 201). A period of working days ends on a working day by itself; one of
calendar days or months that would end on a day off ends on the next working day (art. 203). Which terms there are, how
long they are and in which unit is said in `terms`.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from core import calendar

FIRST_AND_SECOND = (70, 90)  # what a reading marks when nobody says otherwise


class Unit(StrEnum):
    """What a period counts."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Clock:
    """A period counted from the day after `start`."""

    start: date
    length: int
    unit: Unit = Unit.WORKDAYS


@dataclass(frozen=True)
class Reading:
    """What a clock says: the last legal day, the day on which each share of it is used up, and whether the calendar
    may still move them."""

    by: date
    marks: tuple[date, ...]
    provisional: bool


def read(clock: Clock, percents: Sequence[int] = FIRST_AND_SECOND) -> Reading:
    """The last day, and for each of the percents the first working day on which so much of the time is used up."""
    last = last_day(clock)
    marks = tuple(min(_mark(clock, percent, last.day), last.day) for percent in percents)
    return Reading(by=last.day, marks=marks, provisional=last.provisional)


def last_day(clock: Clock) -> calendar.Deadline:
    """The last day on which an act is in time."""
    if clock.unit is Unit.WORKDAYS:
        return calendar.add_workdays(clock.start, clock.length)
    return calendar.workday_from(_nominal(clock))


def latest_before(event: date, length: int, unit: Unit) -> calendar.Deadline:
    """The last day for what must be done so many days before an event: neither of the two days is in between.

    Where that would be a day off, the working day before it: a notice that comes late shortens somebody's time.
    """
    if unit is Unit.WORKDAYS:
        return calendar.workday_before(event, length)
    return calendar.workday_before(event - timedelta(days=length - 1), 1)


def resumed(clock: Clock, *, stopped_on: date, resumed_on: date) -> Clock:
    """The clock after a pause: neither the day it stopped nor the day it resumes is counted.

    A clock that had already run out stays run out: asking for papers cures no delay.
    """
    if clock.unit is Unit.MONTHS:
        raise ValueError("a period of months has no pause")
    full = stopped_on - timedelta(days=1)
    days = (full - clock.start).days
    used = max(0, calendar.workdays_between(clock.start, full) if clock.unit is Unit.WORKDAYS else days)
    left = clock.length - used
    return replace(clock, start=resumed_on, length=left) if left >= 1 else clock


def extended(clock: Clock, more: int) -> Clock:
    """The same start with more of the same unit (条例 art. 17, once; 调解仲裁法 art. 43)."""
    return replace(clock, length=clock.length + more)


def _nominal(clock: Clock) -> date:
    """The last day before anybody asks whether people work on it."""
    if clock.unit is Unit.DAYS:
        return clock.start + timedelta(days=clock.length)
    month = clock.start.month - 1 + clock.length
    year, month = clock.start.year + month // 12, month % 12 + 1
    return date(year, month, min(clock.start.day, monthrange(year, month)[1]))  # 民法典 art. 202


def _mark(clock: Clock, percent: int, last: date) -> date:
    if clock.unit is Unit.WORKDAYS:
        return calendar.add_workdays(clock.start, max(1, ceil(clock.length * percent / 100))).day
    span = (last - clock.start).days
    return calendar.workday_from(clock.start + timedelta(days=max(1, ceil(span * percent / 100)))).day


def used(clocks: Sequence[Clock], today: date) -> list[int]:
    """How much of each is used up, in per cent, the present day included; the calendar is read once for all."""
    starts = calendar.workdays_to(today, [clock.start for clock in clocks])
    return [100 * _gone(clock, today, -starts[clock.start]) // _whole(clock) for clock in clocks]


def _gone(clock: Clock, today: date, workdays: int) -> int:
    return max(0, workdays if clock.unit is Unit.WORKDAYS else (today - clock.start).days)


def _whole(clock: Clock) -> int:
    return clock.length if clock.unit is Unit.WORKDAYS else (_nominal(clock) - clock.start).days
