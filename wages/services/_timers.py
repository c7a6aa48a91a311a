"""Starting, stopping and re-reading the clocks that stand in rows of their own (`CaseClock`)."""

from collections.abc import Collection
from datetime import date

from core import audit

from .. import law
from ..deadlines import Clock, read
from ..models import Case, CaseClock, Document
from ..terms import ClockKind, Term, term


def start(
    case: Case, kind: ClockKind, day: date, *, length: Term | None = None, document: Document | None = None
) -> CaseClock:
    """Let a clock run from the day after `day`. One that runs already for the same thing is left as it is."""
    running = case.clocks.filter(kind=kind, ended_on__isnull=True, document=document).first()
    if running is not None:
        return running
    found = length or term(kind, on=day)
    columns = _columns(found.since(day), day)
    return CaseClock.objects.create(case=case, kind=kind, document=document, rule=found.rule, **columns)


def stop(case: Case, *kinds: ClockKind, on: date) -> int:
    """What was to be done is done, or not needed any more."""
    return case.clocks.filter(kind__in=kinds, ended_on__isnull=True).update(ended_on=on)


def lengthen(clock: CaseClock, days: int, *, rule: str, on: date) -> CaseClock:
    """More of the same unit from the same start."""
    longer = Clock(clock.start, clock.length + days, clock.clock.unit)
    CaseClock.objects.filter(pk=clock.pk).update(**_columns(longer, on), rule=rule)
    clock.refresh_from_db()
    return clock


def _columns(clock: Clock, on: date) -> dict:
    reading = read(clock, law.warn_percents(on))
    return {
        "start": clock.start,
        "length": clock.length,
        "unit": clock.unit,
        "due_on": reading.by,
        "warn_on": reading.marks[0],
        "provisional": reading.provisional,
    }


def follow_calendar(changed: date, on: date, at) -> int:
    """Read again what runs and counts the changed day; the same clock once, however many cases it runs for."""
    touched = CaseClock.objects.filter(ended_on__isnull=True, start__lt=changed, due_on__gte=changed)
    shapes = set(touched.order_by().values_list("start", "length", "unit"))
    moved = 0
    for first, length, unit in sorted(shapes):
        moved += _move(touched.filter(start=first, length=length, unit=unit), on, at)
    return moved


def _move(clocks, on: date, at) -> int:
    rows: Collection[CaseClock] = list(clocks.select_related("case").order_by("pk"))
    columns = _columns(rows[0].clock, on)
    CaseClock.objects.filter(pk__in=[row.pk for row in rows]).update(**columns)
    late = [row for row in rows if row.due_on != columns["due_on"]]
    for row in late:
        to = columns["due_on"].isoformat()
        audit.record("deadline_moved", row.case, by=None, at=at, reason=str(row.get_kind_display()), to=to)
    return len(late)
