"""Whether a worker has anything to confirm: what they may state, that nobody has said or confirmed for a while."""

from datetime import date

from core import parameters

from ..enums import Source
from ..indicators import INDICATORS, Indicator, Kind
from ..models import Provenance, Worker
from ..precedence import day_number
from ..services.standing import cached
from ..values import is_empty

DAYS = "workers.confirm_own_days"


def is_due(worker: Worker, day: date) -> bool:
    """`worker` with provenance and wish loaded. The parameter is read only where something is older than today."""
    provenance = getattr(worker, "provenance", None)
    if provenance is None:
        return False
    oldest = min((said for row in INDICATORS if (said := _said_on(worker, provenance, row))), default=None)
    today = day_number(day)
    return oldest is not None and oldest < today and today - oldest >= parameters.get(DAYS, on=day).number


def _said_on(worker: Worker, provenance: Provenance, indicator: Indicator) -> int | None:
    """When the value was last vouched for; None where a confirmation would not touch it."""
    if not indicator.is_updated_by(Source.WORKER) or not _is_known(worker, indicator):
        return None
    held = cached(worker, provenance, indicator)
    return held.day if held is not None and not Source(held.source).is_department else None


def _is_known(worker: Worker, indicator: Indicator) -> bool:
    if indicator.kind == Kind.INTENT:
        return hasattr(worker, "intent")
    return bool(indicator.columns) and not is_empty(getattr(worker, indicator.column))
