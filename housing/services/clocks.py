"""Clocks: recomputed when the calendar changes, watched so that nobody is surprised."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Least, TruncDate

from core import calendar, outbox
from core.calendar import local_day

from ..deadlines import CLOCKS, Clock, end, level, percent_used, warning_due
from ..enums import State
from ..models import HousingApplication
from ..policy import rules_on


def _runs(clock: Clock, state: State) -> Iterator[tuple[QuerySet, date, int, int]]:
    """The running clocks of a state: rows that began on one day with one length share everything else.

    Yields the rows, the day, the length of this run and the whole length.
    """
    rows = HousingApplication.objects.filter(state=state)
    began = rows.annotate(began=TruncDate(clock.starts))
    keys = ("began", clock.left) if clock.left else ("began",)
    for day, *lengths in began.values_list(*keys).distinct():
        whole = rules_on(day)[clock.whole].value
        same = {f"{clock.starts}__date": day, **({clock.left: lengths[0]} if clock.left else {})}
        yield rows.filter(**same), day, lengths[0] if lengths else whole, whole


@transaction.atomic
def recompute_deadlines(*, at: datetime) -> int:
    """Move the ends of all running clocks to where the calendar now puts them; returns how many moved.

    Who was warned of a day that has moved away is warned again when the new one comes near; never twice of the same.
    """
    moved, today = 0, local_day(at)
    for state, clock in CLOCKS.items():
        for rows, day, length, whole in list(_runs(clock, state)):
            deadline = end(clock, day, length)
            columns = {clock.ends: deadline.day, "due_provisional": deadline.provisional}
            deserved = level(percent_used(whole, calendar.workdays_between(today, deadline.day)))
            moved += rows.exclude(**columns).update(**columns, warned_percent=Least(F("warned_percent"), deserved))
    return moved


def warn_of_deadlines(*, at: datetime) -> int:
    """Leave a message for each application that has reached 80 or 100 % of its time; returns how many."""
    today, warned = local_day(at), 0
    for state, clock in CLOCKS.items():
        if state == State.PUBLICITY:
            continue
        for rows, day, length, whole in list(_runs(clock, state)):
            remaining = calendar.workdays_between(today, end(clock, day, length).day)
            warned += _warn(rows, percent_used(whole, remaining), at)
    return warned


@transaction.atomic
def _warn(rows: QuerySet, percent: int, at: datetime) -> int:
    warned = 0
    for row in rows.filter(warned_percent__lt=level(percent)).select_for_update(skip_locked=True, of=("self",)):
        reached = warning_due(percent, row.warned_percent)
        HousingApplication.objects.filter(pk=row.pk).update(warned_percent=reached)
        outbox.put("housing.deadline_near", row, at=at, level=reached, state=row.state, due=row.due_on.isoformat())
        warned += 1
    return warned
