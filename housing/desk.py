"""An official's queue: applications in the order of their deadlines, with words for the days left."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from core import calendar, ui

from .enums import State
from .models import HousingApplication

SHOWN = 50
#: Whose turn it is in these states is the office's.
OFFICE = (State.SUBMITTED, State.PRELIMINARY_REVIEW, State.FINAL_REVIEW)


def work(user: Any, *, at: datetime, limit: int = SHOWN) -> list[HousingApplication]:
    """What this official may decide now, the most urgent first; a final review is never one's own preliminary one."""
    mine = HousingApplication.objects.visible_to(user).filter(state__in=OFFICE).decidable_by(user)
    ordered = mine.select_related("estate", "taken_up_by").order_by(F("due_on").asc(nulls_last=True), "pk")
    return with_due(ordered[:limit], at=at)


def with_due(applications: Iterable[HousingApplication], *, at: datetime) -> list[HousingApplication]:
    """The rows with `due` = {word, tone} on each; the calendar is read once, however many they are."""
    rows, today = list(applications), calendar.local_day(at)
    left = calendar.workdays_to(today, [row.due_on for row in rows if row.due_on])
    for row in rows:
        row.due = due_words(row.state, left[row.due_on] if row.due_on else None)
    return rows


def due_words(state: str, days: int | None) -> dict[str, str]:
    """Publicity runs by itself; every other clock is urgent near its end."""
    if state == State.PUBLICITY and days is not None:
        return {"word": _("公示中") if days >= 0 else _("公示期满"), "tone": "info"}
    return ui.due(days)
