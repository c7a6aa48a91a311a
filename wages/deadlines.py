"""The law's clocks as arithmetic over the work calendar. No case, no database row, no present moment in here.

劳动保障监察条例 art. 17 (60 + 30 working days from filing) and 实施规定 art. 18 (5 working days to accept).
The day of the event is not counted. Lengths come from `core.parameters`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from core import calendar


@dataclass(frozen=True)
class Clock:
    """So many working days, counted from the day after `start`."""

    start: date
    workdays: int


@dataclass(frozen=True)
class Reading:
    """What a clock says: the last legal day, the day of warning, and whether the calendar may still move them."""

    by: date
    warn_on: date
    provisional: bool


def read(clock: Clock, *, warn_percent: int) -> Reading:
    """The last day, and the first working day on which `warn_percent` of the time is used up."""
    last = calendar.add_workdays(clock.start, clock.workdays)
    warn = calendar.add_workdays(clock.start, max(1, ceil(clock.workdays * warn_percent / 100)))
    return Reading(by=last.day, warn_on=warn.day, provisional=last.provisional)


def resumed(clock: Clock, *, stopped_on: date, resumed_on: date) -> Clock:
    """The clock after a pause for supplements: neither the day it stopped nor the day it resumes is counted.

    A clock that had already run out stays run out: asking for papers cures no delay.
    """
    used = max(0, calendar.workdays_between(clock.start, stopped_on - timedelta(days=1)))
    left = clock.workdays - used
    return Clock(resumed_on, left) if left >= 1 else clock


def extended(clock: Clock, workdays: int) -> Clock:
    """The same start with more days (条例 art. 17, once, with the head's approval)."""
    return Clock(clock.start, clock.workdays + workdays)
