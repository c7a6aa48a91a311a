"""Who stated a value and when, in words."""

from .enums import Source
from .held import held_source, standing_of
from .indicators import Indicator
from .models import Worker
from .precedence import day_of
from .presentation import plain_date

__all__ = ["held_source", "source_words"]


def source_words(worker: Worker, indicator: Indicator) -> str:
    """公安部门 · 2026年10月9日; empty when nobody has said anything."""
    held = standing_of(worker, indicator)
    return f"{Source(held.source).label} · {plain_date(day_of(held.day))}" if held else ""
