"""Who stated a value and when, in words."""

from .enums import Source
from .indicators import Indicator
from .models import Worker
from .precedence import Standing, day_of
from .presentation import plain_date
from .services.standing import outcome


def _standing(worker: Worker, indicator: Indicator) -> Standing | None:
    """Read once per loaded row: a page asks for many indicators of one worker."""
    held = worker.__dict__.setdefault("_outcome", None) or outcome(worker)
    worker.__dict__["_outcome"] = held
    return held.get(indicator.number)


def held_source(worker: Worker, indicator: Indicator) -> Source | None:
    """Who vouches for the present value; None when nobody has said anything."""
    held = _standing(worker, indicator)
    return Source(held.source) if held else None


def source_words(worker: Worker, indicator: Indicator) -> str:
    """公安部门 · 2026年10月9日; empty when nobody has said anything."""
    held = _standing(worker, indicator)
    return f"{Source(held.source).label} · {plain_date(day_of(held.day))}" if held else ""
