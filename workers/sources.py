"""Who stated a value and when, in words."""

from datetime import timedelta

from .enums import Source
from .indicators import Indicator
from .models import Worker
from .presentation import plain_date
from .services.provenance import EPOCH


def held_source(worker: Worker, indicator: Indicator) -> Source | None:
    """Who vouches for the present value; None when nobody has said anything."""
    provenance = getattr(worker, "provenance", None)
    number = provenance.sources[indicator.number - 1] if provenance else 0
    return Source(number) if number else None


def source_words(worker: Worker, indicator: Indicator) -> str:
    """公安部门 · 2026年10月9日; empty when nobody has said anything."""
    source = held_source(worker, indicator)
    if source is None:
        return ""
    day = EPOCH + timedelta(days=worker.provenance.observed[indicator.number - 1])
    return f"{source.label} · {plain_date(day)}"
