"""The columns of a case that a clock writes, and the parameter versions they come from."""

from dataclasses import dataclass
from datetime import date

from core import parameters

from ..deadlines import Clock, extended, read, resumed
from ..models import Case


@dataclass(frozen=True)
class Timed:
    """Columns to store, and the version of the rule that gave them."""

    columns: dict
    rule: str


def _columns(prefix: str, clock: Clock, on: date) -> dict:
    reading = read(clock, warn_percent=parameters.get("wages.warn_percent", on=on).number)
    return {
        f"{prefix}_from": clock.start,
        f"{prefix}_workdays": clock.workdays,
        f"{prefix}_by": reading.by,
        f"{prefix}_warn_on": reading.warn_on,
        f"{prefix}_provisional": reading.provisional,
    }


def to_accept(day: date) -> Timed:
    rule = parameters.get("wages.accept_workdays", on=day)
    return Timed(_columns("accept", Clock(day, rule.number), day), rule.version)


def to_close(day: date) -> Timed:
    rule = parameters.get("wages.close_workdays", on=day)
    return Timed(_columns("close", Clock(day, rule.number), day), rule.version)


def after_supplement(case: Case, *, stopped_on: date, resumed_on: date) -> dict:
    clock = resumed(Clock(case.accept_from, case.accept_workdays), stopped_on=stopped_on, resumed_on=resumed_on)
    return _columns("accept", clock, resumed_on)


def after_extension(case: Case, day: date) -> Timed:
    rule = parameters.get("wages.extension_workdays", on=day)
    clock = extended(Clock(case.close_from, case.close_workdays), rule.number)
    return Timed(_columns("close", clock, day), rule.version)


def reread(prefix: str, clock: Clock, on: date) -> dict:
    """The same clock under a changed calendar."""
    return _columns(prefix, clock, on)
