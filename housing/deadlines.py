"""The clocks of an application as arithmetic over the work calendar: which column holds the end, from where it runs.

补材料 15, 初审 20, 复审 7 working days, then publicity; lengths are parameters. The two reviews can be stopped, while
the applicant looks for papers or the other review has the application, and go on with the days that were left: neither
the day on which a clock stops nor the day on which it goes on is counted. A clock that has run out stays run out.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core import calendar
from core.calendar import Deadline

from .enums import State


@dataclass(frozen=True)
class Clock:
    """A running period: the column of its last day, the moment it counts from, the parameter of its whole length.

    `left` is the column of the days that the present run has, for a clock that can be stopped; it counts from nowhere
    while it stands still.
    """

    ends: str
    starts: str
    whole: str
    left: str = ""
    in_workdays: bool = True


DOCUMENTS = Clock("docs_by", "docs_requested_at", "docs_workdays")
PRELIMINARY = Clock("preliminary_by", "preliminary_from", "preliminary_workdays", left="preliminary_left")
FINAL = Clock("final_by", "final_from", "final_workdays", left="final_left")
PUBLICITY = Clock("publicity_until", "final_passed_at", "publicity_days", in_workdays=False)

CLOCKS: dict[State, Clock] = {
    State.DOCS_DUE: DOCUMENTS,
    State.SUBMITTED: PRELIMINARY,
    State.PRELIMINARY_REVIEW: PRELIMINARY,
    State.FINAL_REVIEW: FINAL,
    State.PUBLICITY: PUBLICITY,
}
WARN_PERCENTS = (80, 100)


def end(clock: Clock, start: date, length: int) -> Deadline:
    """The last day; provisional while the calendar does not cover the span."""
    if clock.in_workdays:
        return calendar.add_workdays(start, length)
    return Deadline(start + timedelta(days=length), provisional=False)


def left(start: date, length: int, stopped_on: date) -> int:
    """Working days that a clock still has when it is stopped; below 1 it has run out."""
    return length - max(0, calendar.workdays_between(start, stopped_on - timedelta(days=1)))


def percent_used(whole: int, remaining: int) -> int:
    """How much of the working days is gone when so many remain; 100 on the last day."""
    return 100 * (whole - remaining) // whole


def level(percent: int) -> int:
    """The highest warning that this much of the time deserves; 0 for none."""
    return max((step for step in WARN_PERCENTS if step <= percent), default=0)


def warning_due(percent: int, already: int) -> int:
    """The warning that has come due and was not given yet; 0 for none."""
    reached = level(percent)
    return reached if reached > already else 0
