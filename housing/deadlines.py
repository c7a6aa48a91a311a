"""The clocks of an application as arithmetic over the work calendar: which column holds the end, from where it runs.

补材料 15, 初审 20, 复审 7 working days, then publicity; lengths are parameters. Papers that are asked for again
start the preliminary review anew on the day on which they are complete.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core import calendar
from core.calendar import Deadline

from .conditions import Rules
from .enums import State


@dataclass(frozen=True)
class Clock:
    """A running period: the column of its last day, the moment that it counts from, the parameter of its length."""

    ends: str
    starts: str
    length: str
    in_workdays: bool = True


DOCUMENTS = Clock("docs_by", "docs_requested_at", "docs_workdays")
PRELIMINARY = Clock("preliminary_by", "complete_at", "preliminary_workdays")
FINAL = Clock("final_by", "preliminary_passed_at", "final_workdays")
PUBLICITY = Clock("publicity_until", "final_passed_at", "publicity_days", in_workdays=False)

CLOCKS: dict[State, Clock] = {
    State.DOCS_DUE: DOCUMENTS,
    State.SUBMITTED: PRELIMINARY,
    State.PRELIMINARY_REVIEW: PRELIMINARY,
    State.FINAL_REVIEW: FINAL,
    State.PUBLICITY: PUBLICITY,
}
WARN_PERCENTS = (80, 100)


def end(clock: Clock, start: date, rules: Rules) -> Deadline:
    """The last day; provisional while the calendar does not cover the span."""
    length = rules[clock.length].value
    if clock.in_workdays:
        return calendar.add_workdays(start, length)
    return Deadline(start + timedelta(days=length), provisional=False)


def percent_used(start: date, last: date, today: date) -> int:
    """How much of the working days is gone; 100 on the last day."""
    whole = calendar.workdays_between(start, last)
    return 100 * calendar.workdays_between(start, today) // whole if whole > 0 else 100


def warning_due(percent: int, already: int) -> int:
    """The warning level that has been reached and not been given yet; 0 for none."""
    reached = [level for level in WARN_PERCENTS if already < level <= percent]
    return max(reached, default=0)
