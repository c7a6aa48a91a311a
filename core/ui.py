"""The one place where a state gets its colour; the word always stands beside it."""

from typing import Literal

from django.db import models
from django.utils.translation import gettext as _

Tone = Literal["neutral", "info", "ok", "warn", "danger"]
TONES: tuple[Tone, ...] = ("neutral", "info", "ok", "warn", "danger")

_tones: dict[tuple[str, str], Tone] = {}


def register_tones(label: str, tones: dict[str, Tone]) -> None:
    """Give the states of a model (`"wages.complaint"`) their tones; each app calls this when it is ready."""
    unknown = set(tones.values()) - set(TONES)
    if unknown:
        raise ValueError(f"unknown tones for {label}: {sorted(unknown)}")
    for state, tone_name in tones.items():
        _tones[label.lower(), str(state)] = tone_name


def tone(row: models.Model) -> Tone:
    """The tone of a row's present state; neutral for a state that nobody registered."""
    return _tones.get((row._meta.label_lower, str(row.state)), "neutral")


def deadline_tone(workdays_left: int) -> Tone:
    """Overdue and today are danger, the last two working days a warning."""
    if workdays_left <= 0:
        return "danger"
    return "warn" if workdays_left <= 2 else "neutral"


def deadline_words(workdays_left: int) -> str:
    """还剩 3 个工作日, 今天到期 or 超期 2 个工作日."""
    if workdays_left > 0:
        return _("还剩 {days} 个工作日").format(days=workdays_left)
    return _("今天到期") if workdays_left == 0 else _("超期 {days} 个工作日").format(days=-workdays_left)


def due(workdays_left: int | None) -> dict[str, str]:
    """A badge's `word` and `tone` for a deadline; None for a row whose clock does not run."""
    if workdays_left is None:
        return {"word": _("不计时"), "tone": "neutral"}
    return {"word": deadline_words(workdays_left), "tone": deadline_tone(workdays_left)}
