"""An official's first screen: six numbers, and the work in the order of its deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.policies import is_official
from core import calendar, parameters, ui

from . import summary
from .models import Approval, Case

LAST_DAYS = 365
SHOWN = 50


@dataclass(frozen=True)
class Numbers:
    """Counted over the cases that this person may see; `on_time` in per cent over the last 365 days."""

    open: int
    today: int
    overdue: int
    on_time: float | None
    target: int
    days: float | None
    unassigned: int


def numbers(user: Any, *, at: datetime) -> Numbers:
    cases, day = Case.objects.visible_to(user), calendar.local_day(at)
    judged = cases.judged().filter(closed_at__gte=at - timedelta(days=LAST_DAYS), closed_at__lte=at).performance()
    return Numbers(
        open=cases.open().count(),
        today=cases.due_today(day).count(),
        overdue=cases.overdue(day).count(),
        on_time=round(100 * judged.on_time / judged.ended, 1) if judged.ended else None,
        target=parameters.get("wages.on_time_target_percent", on=day).number,
        days=None if judged.days is None else round(judged.days, 1),
        unassigned=cases.unassigned().count(),
    )


def work(user: Any, *, at: datetime, limit: int = SHOWN) -> list[Case]:
    """My open cases and those nobody has taken, the most urgent first; `subject` is what this person may know it by."""
    cases = Case.objects.visible_to(user).open()
    rows = cases.filter(assignee=user) | cases.filter(assignee__isnull=True)
    found = with_due(rows.select_related("assignee", "employer", "project").by_deadline()[:limit], at=at)
    for row in found:
        row.subject = row.place if is_official(user) else summary.registered_place(row)
    return found


def to_sign(user: Any) -> list[Approval]:
    """Proposals of colleagues that wait for a second official."""
    pending = Approval.objects.visible_to(user).pending().exclude(proposed_by=user)
    return list(pending.select_related("case", "proposed_by").order_by("deadline_before", "pk")[:SHOWN])


def with_due(cases: Iterable[Case], *, at: datetime) -> list[Case]:
    """The cases with `due` = {word, tone} on each; the calendar is read once, however many they are."""
    rows, today = list(cases), calendar.local_day(at)
    left = calendar.workdays_to(today, [row.due_on for row in rows if row.due_on])
    for row in rows:
        row.due = ui.due(left[row.due_on] if row.due_on else None)
    return rows
