"""The officials' first screen, put together from the matters: six numbers and the work by deadline."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import is_official
from wages import desk


def context(user: Any) -> dict:
    """What the index template shows."""
    at = timezone.now()
    return {
        "tiles": _tiles(desk.numbers(user, at=at)),
        "work": desk.work(user, at=at),
        "to_sign": desk.to_sign(user) if is_official(user) else [],
    }


def _tiles(figures: desk.Numbers) -> list[dict]:
    """Each number leads to the list that it counts."""
    cases = reverse("admin:wages_case_changelist")
    on_time = "—" if figures.on_time is None else f"{figures.on_time}%"
    days = "—" if figures.days is None else _("{n} 天").format(n=figures.days)
    rows = [
        (figures.open, _("在办"), "?due=open", ""),
        (figures.today, _("今日到期"), "?due=today", "danger" if figures.today else ""),
        (figures.overdue, _("超期"), "?due=overdue", "danger" if figures.overdue else ""),
        (on_time, _("按期办结率（目标 {n}%）").format(n=figures.target), "?due=closed", ""),
        (days, _("平均办理"), "?due=closed", ""),
        (figures.unassigned, _("未分派"), "?handler=none", ""),
    ]
    return [
        {"number": number, "label": label, "url": f"{cases}{query}", "tone": tone}
        for number, label, query, tone in rows
    ]
