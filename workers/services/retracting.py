"""Taking a statement back: the rest of what was ever said decides, as if it had never been made."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from core import audit
from core.calendar import local_day

from .. import values
from ..enums import Source
from ..indicators import BY_CODE, INDICATORS
from ..models import Act, Statement, Worker
from ..texts import text_of
from . import intents
from .locking import hold
from .provenance import Book, Shadow
from .recording import take_computed
from .standing import group_of

_BY_NUMBER = {indicator.number: indicator for indicator in INDICATORS}


@transaction.atomic
def retract(
    worker: Worker, stated: dict[str, Any], *, source: Source, observed_on: date, by: Any, at: datetime
) -> tuple[str, ...]:
    """Undo `record(worker, stated, source=source, observed_on=observed_on)`; returns the codes that went back.

    Whatever somebody said before or since decides again. A second call finds nothing.
    """
    row, _about = hold(worker)
    act = _act_of(row, stated, source, observed_on)
    if act is None:
        return ()
    book = Book(row, source=source, day=local_day(at), at=at)
    changed = book.forget(act, book.stood_by(act), _BY_NUMBER)
    Act.objects.filter(pk=act.pk).update(undone_at=at)
    take_computed(row, book)
    book.save(by=by)
    numbers = sorted(indicator.number for indicator in changed)
    audit.record("workers.retract", row, by=by, at=at, source=int(source), indicators=numbers)
    intents.follow(row, at=at)
    return tuple(code for code in stated if BY_CODE[code].number in numbers)


def _act_of(row: Worker, stated: dict[str, Any], source: Source, observed_on: date) -> Act | None:
    """The live act that said exactly this about this worker."""
    said = {
        BY_CODE[code].number: text_of(BY_CODE[code], Shadow(row, values.columns_of(BY_CODE[code], value)))
        for code, value in stated.items()
    }
    for statement in Statement.objects.filter(worker__in=group_of(row)).order_by("-act"):
        if dict(zip(statement.numbers or (), statement.texts, strict=False)) == said:
            act = Act.objects.filter(pk=statement.act_id, undone_at__isnull=True).first()
            if act is not None and (act.source, act.observed_on) == (int(source), observed_on):
                return act
    return None
