"""Taking a statement back: what it replaced stands again, as if it had never been made."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from core import audit
from core.calendar import local_day

from .. import values
from ..enums import Source
from ..indicators import BY_CODE, Indicator, Kind
from ..models import ValueChange, Worker
from . import intents
from .provenance import Stated, day_number
from .recording import take_computed

# Kinds whose value the history keeps whole and unmistakable.
_READABLE = {Kind.TEXT: str, Kind.CODE: str, Kind.DIVISION: str, Kind.DATE: date.fromisoformat}


@transaction.atomic
def retract(
    worker: Worker, stated: dict[str, Any], *, source: Source, observed_on: date, by: Any, at: datetime
) -> tuple[str, ...]:
    """Undo `record(worker, stated, source=source, observed_on=observed_on)`; returns the codes that went back.

    Only where that statement still stands: whatever somebody said since is left alone, and a value that was already
    so before the statement stays. A second call finds nothing.
    """
    row = Worker.objects.select_for_update().get(pk=worker.pk)
    book = Stated(row, day=local_day(at), at=at)
    undone = []
    for code, value in stated.items():
        indicator = BY_CODE[code]
        if book.held(indicator) != (int(source), day_number(observed_on)):
            continue
        change = _brought_in(row, indicator, values.columns_of(indicator, value), source, observed_on)
        if change is not None:
            old = _READABLE[indicator.kind](change.old) if change.old else None
            book.apply(indicator, values.columns_of(indicator, old), source)
            book.attribute(indicator, change.old_source, change.old_observed)
            undone.append(code)
    if undone:
        take_computed(row, book)
        book.save(by=by)
        numbers = sorted(BY_CODE[code].number for code in undone)
        audit.record("workers.retract", row, by=by, at=at, source=int(source), indicators=numbers)
        intents.follow(row, at=at)
    return tuple(undone)


def _brought_in(
    row: Worker, indicator: Indicator, stated: dict[str, Any], source: Source, observed_on: date
) -> ValueChange | None:
    """The change that made the stated value the present one; None when it was so before or is so no longer."""
    if any(getattr(row, column) != item for column, item in stated.items()):
        return None
    last = ValueChange.objects.filter(worker=row, indicator=indicator.number).order_by("-id").first()
    if last is None or last.source != source or local_day(last.at) < observed_on:
        return None
    return last
