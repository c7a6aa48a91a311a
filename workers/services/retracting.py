"""Taking a statement back: the rest of what was ever said decides, as if it had never been made."""

from collections.abc import Iterable
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
def retract_act(
    worker: Worker, act_id: int, *, numbers: Iterable[int] | None = None, by: Any, at: datetime
) -> tuple[str, ...]:
    """The same for an act by its id; only for what was said about one person, not for a department's file.

    `numbers` takes back what it says of these indicators only; the rest stays, in its place among the others. What was
    said about somebody else stays whole: a merge lent it to this person, and was taken back since.
    """
    row, _about = hold(worker)
    act = Act.objects.filter(pk=act_id, undone_at__isnull=True, source__lt=Source.HUMAN_RESOURCES).first()
    if act and not Statement.objects.filter(worker__in=group_of(row), act=act.pk).exists():
        act = None
    taken = set(act.numbers if numbers is None else numbers).intersection(act.numbers) if act else set()
    changed = _take_back(row, act, by, at, taken) if taken else []
    return tuple(_BY_NUMBER[number].code for number in changed)


def _take_back(row: Worker, act: Act, by: Any, at: datetime, taken: set[int] | None = None) -> list[int]:
    """Returns the numbers of the indicators that changed by it; `taken` is all of the act when it is not said."""
    taken = taken or set(act.numbers)
    book = Book(row, source=Source(act.source), day=local_day(at), at=at)
    changed = book.forget(act, [number for number in book.stood_by(act) if number in taken], _BY_NUMBER)
    if not taken.issuperset(act.numbers):
        act = _divided(row, act, taken)
    Act.objects.filter(pk=act.pk).update(undone_at=at)
    take_computed(row, book)
    book.save(by=by)
    numbers = sorted(indicator.number for indicator in changed)
    audit.record("workers.retract", row, by=by, at=at, source=int(act.source), indicators=numbers)
    intents.follow(row, at=at)
    return numbers


def _divided(row: Worker, act: Act, taken: set[int]) -> Act:
    """What the act says of these indicators becomes an act of its own, so that it stays on record when it is undone.

    The rest keeps the act's id, and with it its place among what was said on the same day.
    """
    part = Act.objects.get(pk=act.pk)
    part.pk, part.numbers = None, sorted(taken)
    part.save(force_insert=True)
    rest = [number for number in act.numbers if number not in taken]
    for said in Statement.objects.filter(worker__in=group_of(row), act=act.pk):
        texts = dict(zip(said.numbers or act.numbers, said.texts, strict=True))
        kept = Statement.objects.filter(worker=said.worker_id, act=act.pk, at=said.at)
        kept.update(numbers=rest, texts=[texts.get(number) for number in rest])
        Statement.objects.create(
            act=part,
            worker_id=said.worker_id,
            at=said.at,
            numbers=part.numbers,
            texts=[texts.get(number) for number in part.numbers],
            won=said.won,
        )
    Act.objects.filter(pk=act.pk).update(numbers=rest)
    return part


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
