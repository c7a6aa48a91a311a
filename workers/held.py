"""Who vouches for a present value."""

from .enums import Source
from .indicators import BY_CODE, Indicator
from .models import Worker
from .precedence import Standing
from .services.standing import outcome


def standing_of(worker: Worker, indicator: Indicator) -> Standing | None:
    """Read once per loaded row: a page asks for many indicators of one worker."""
    held = worker.__dict__.setdefault("_outcome", None) or outcome(worker)
    worker.__dict__["_outcome"] = held
    return held.get(indicator.number)


def held_source(worker: Worker, indicator: Indicator) -> Source | None:
    """None when nobody has said anything."""
    held = standing_of(worker, indicator)
    return Source(held.source) if held else None


def is_phone_brokers(worker: Worker) -> bool:
    """Whether a broker wrote the number down, so that whoever holds it need not be the worker."""
    return held_source(worker, BY_CODE["mobile"]) == Source.BROKER
