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
    row, about = hold(worker)
    act = _act_of(row, about, stated, source, observed_on)
    numbers = _take_back(row, act, by, at) if act else []
    return tuple(code for code in stated if BY_CODE[code].number in numbers)


@transaction.atomic
def retract_act(worker: Worker, act_id: int, *, by: Any, at: datetime) -> tuple[str, ...]:
    """The same for an act by its id; only for what was said about one person, not for a department's file."""
    row, _about = hold(worker)
    act = Act.objects.filter(pk=act_id, undone_at__isnull=True, source__lt=Source.HUMAN_RESOURCES).first()
    numbers = _take_back(row, act, by, at) if act else []
    return tuple(_BY_NUMBER[number].code for number in numbers)


def _take_back(row: Worker, act: Act, by: Any, at: datetime) -> list[int]:
    """Returns the numbers of the indicators that changed by it."""
    book = Book(row, source=Source(act.source), day=local_day(at), at=at)
    changed = book.forget(act, book.stood_by(act), _BY_NUMBER)
    Act.objects.filter(pk=act.pk).update(undone_at=at)
    take_computed(row, book)
    book.save(by=by)
    numbers = sorted(indicator.number for indicator in changed)
    audit.record("workers.retract", row, by=by, at=at, source=int(act.source), indicators=numbers)
    intents.follow(row, at=at)
    return numbers


def _act_of(row: Worker, about: Worker, stated: dict[str, Any], source: Source, observed_on: date) -> Act | None:
    """The newest live act that said exactly this about this row.

    Of another row of the same person only where this row never said it: what was taken back already is not taken
    from somebody else a second time.
    """
    said = {
        BY_CODE[code].number: text_of(BY_CODE[code], Shadow(row, values.columns_of(BY_CODE[code], value)))
        for code, value in stated.items()
    }
    for rows in ([about.pk], [pk for pk in group_of(row) if pk != about.pk]):
        acts = _acts_saying(said, rows, source, observed_on)
        if acts:
            return next((act for act in acts if act.undone_at is None), None)
    return None


def _acts_saying(said: dict[int, str], rows: list[int], source: Source, observed_on: date) -> list[Act]:
    """Newest first, undone ones too."""
    statements = Statement.objects.filter(worker__in=rows).order_by("-act")
    matching = [one.act_id for one in statements if dict(zip(one.numbers or (), one.texts, strict=False)) == said]
    acts = Act.objects.filter(source=source, observed_on=observed_on).in_bulk(matching)
    return [acts[pk] for pk in matching if pk in acts]
