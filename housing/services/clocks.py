"""Clocks: recomputed when the calendar changes, watched so that nobody is surprised."""

from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import TruncDate

from core import outbox
from core.calendar import local_day

from ..deadlines import CLOCKS, Clock, end, percent_used, warning_due
from ..enums import State
from ..models import HousingApplication
from ..policy import rules_on


def _starts(clock: Clock, state: State) -> list[date]:
    """The days on which the running clocks of this state began; many rows share one."""
    rows = HousingApplication.objects.filter(state=state).annotate(start=TruncDate(clock.starts))
    return list(rows.values_list("start", flat=True).distinct())


@transaction.atomic
def recompute_deadlines(*, at: datetime) -> int:
    """Move the ends of all running clocks to where the calendar now puts them; returns how many moved."""
    moved = 0
    for state, clock in CLOCKS.items():
        for start in _starts(clock, state):
            deadline = end(clock, start, rules_on(start))
            columns = {clock.ends: deadline.day, "due_provisional": deadline.provisional}
            rows = HousingApplication.objects.filter(state=state, **{f"{clock.starts}__date": start})
            moved += rows.exclude(**columns).update(**columns)
    return moved


def warn_of_deadlines(*, at: datetime) -> int:
    """Leave a message for each application that has reached 80 or 100 % of its time; returns how many."""
    today, warned = local_day(at), 0
    for state, clock in CLOCKS.items():
        if state == State.PUBLICITY:
            continue
        for start in _starts(clock, state):
            warned += _warn(state, clock, start, today, at)
    return warned


@transaction.atomic
def _warn(state: State, clock: Clock, start: date, today: date, at: datetime) -> int:
    rows = HousingApplication.objects.select_for_update(skip_locked=True, of=("self",)).filter(state=state)
    warned = 0
    for row in rows.filter(**{f"{clock.starts}__date": start}, warned_percent__lt=100):
        level = warning_due(percent_used(start, row.due_on, today), row.warned_percent)
        if level:
            HousingApplication.objects.filter(pk=row.pk).update(warned_percent=level)
            outbox.put("housing.deadline_near", row, at=at, level=level, state=row.state, due=row.due_on.isoformat())
            warned += 1
    return warned
