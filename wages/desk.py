"""An official's first screen: six numbers, and the work in the order of its deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.policies import is_official
from core import calendar, parameters, ui
from places.policies import place_of

from . import deadlines, ladder, law, summary
from .enums import Rung
from .models import Approval, Case

LAST_DAYS = 365
SHOWN = 50
# The colour says how far the clock is, by the same shares as people are told: a day means little in sixty.
RUNG_TONES: dict[int, ui.Tone] = {0: "neutral", Rung.HANDLER: "warn", Rung.DISTRICT: "danger", Rung.CITY: "danger"}


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
    if place_of(user):  # at an office outside, everything that was handed to it; the district's handler stays
        rows = cases
    found = with_due(rows.select_related("assignee", "employer", "project").by_deadline()[:limit], at=at)
    for row in found:
        row.subject = row.place if is_official(user) else summary.registered_place(row)
    return found


def to_sign(user: Any) -> list[Approval]:
    """Proposals of colleagues that wait for a second official."""
    pending = Approval.objects.visible_to(user).pending().exclude(proposed_by=user)
    return list(pending.select_related("case", "proposed_by").order_by("deadline_before", "pk")[:SHOWN])


def with_due(cases: Iterable[Case], *, at: datetime) -> list[Case]:
    """The cases with `due` = {word, tone} on each; the calendar is read twice, however many they are."""
    rows, today = list(cases), calendar.local_day(at)
    running = [row for row in rows if row.due_on]
    for row in rows:
        row.due = ui.due(None)
    if not running:
        return rows
    left = calendar.workdays_to(today, [row.due_on for row in running])
    shares = deadlines.used([row.running for row in running], today)
    first_and_second = law.warn_percents(today)
    for row, share in zip(running, shares, strict=True):
        rung = ladder.rung(share, over=row.due_on < today, percents=first_and_second)
        row.due = {"word": ui.deadline_words(left[row.due_on]), "tone": RUNG_TONES[rung]}
    return rows
