"""The columns of a case that a clock writes, and the parameter versions they come from."""

from dataclasses import dataclass
from datetime import date

from core.calendar import local_day

from .. import law
from ..deadlines import Clock, extended, read, resumed
from ..models import Case
from ..terms import ClockKind, term


@dataclass(frozen=True)
class Timed:
    """Columns to store, and the version of the rule that gave them."""

    columns: dict
    rule: str


def _columns(prefix: str, clock: Clock, on: date) -> dict:
    reading = read(clock, law.warn_percents(on))
    return {
        f"{prefix}_from": clock.start,
        f"{prefix}_workdays": clock.length,
        f"{prefix}_by": reading.by,
        f"{prefix}_warn_on": reading.marks[0],
        f"{prefix}_provisional": reading.provisional,
    }


def to_accept(day: date) -> Timed:
    found = term(ClockKind.ACCEPT, on=day)
    return Timed(_columns("accept", found.since(day), day), found.rule)


def to_close(day: date) -> Timed:
    found = term(ClockKind.CLOSE, on=day)
    return Timed(_columns("close", found.since(day), day), found.rule)


def after_supplement(case: Case, *, stopped_on: date, resumed_on: date) -> dict:
    clock = resumed(Clock(case.accept_from, case.accept_workdays), stopped_on=stopped_on, resumed_on=resumed_on)
    return _columns("accept", clock, resumed_on)


def after_extension(case: Case, day: date) -> Timed:
    more = term("extension", on=day)
    clock = extended(Clock(case.close_from, case.close_workdays), more.length)
    return Timed(_columns("close", clock, day), more.rule)


def after_absence(case: Case, day: date) -> dict:
    """The clock of a case that comes back: afresh where it was never accepted, else what was left."""
    if case.accepted_at is None:
        return to_accept(day).columns
    clock = Clock(case.close_from, case.close_workdays)
    return _columns("close", resumed(clock, stopped_on=local_day(case.closed_at), resumed_on=day), day)


def after_reopening(case: Case, day: date) -> Timed:
    """The clock of the level above. Where the old one still runs, nobody gets a later day by not having paid."""
    found = term("reopened", on=day)
    columns = _columns("close", found.since(day), day)
    keeps = case.closed_at is None and case.close_by is not None and case.close_by <= columns["close_by"]
    return Timed({} if keeps else columns, found.rule)


def reread(prefix: str, clock: Clock, on: date) -> dict:
    """The same clock under a changed calendar."""
    return _columns(prefix, clock, on)
