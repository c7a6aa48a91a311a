"""The one place where a state gets its colour; the word always stands beside it."""

from typing import Literal

from django.db import models

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
