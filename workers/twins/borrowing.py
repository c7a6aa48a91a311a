"""The few things that no statement carries: sealed numbers, the wish for work, the broker in charge, the last check.

The survivor keeps its own. What it lacks it has from the loser while they are one, re-sealed for its own row; who had
vouched for the empty place before stands in `Merge.before`.
"""

from datetime import datetime
from typing import Any

from core.calendar import local_day

from ..enums import Source
from ..indicators import BY_CODE, Indicator
from ..models import JobIntent, Merge, Provenance, Statement, Worker
from ..models.history import BASE
from ..precedence import day_number
from ..services.provenance import Book

_LENT = ("id_number", "mobile", "broker")
_WISH = "job_intent"
_CHECKED = "last_verified"


def borrow(merge: Merge, book: Book, loser: Worker) -> None:
    """Lend the survivor what it has not."""
    theirs = Provenance.objects.filter(worker=loser).first()
    for code in _LENT:
        indicator = BY_CODE[code]
        if getattr(book.row, indicator.column) is None and getattr(loser, indicator.column) is not None:
            _remember(merge, book, indicator, theirs)
            book.put(indicator, _columns(indicator, loser))
    lent = JobIntent.objects.filter(worker=loser).first()
    if lent is not None and not JobIntent.objects.filter(worker=book.row).exists():
        _remember(merge, book, BY_CODE[_WISH], theirs)
        wish = {field.attname: getattr(lent, field.attname) for field in JobIntent._meta.concrete_fields}
        JobIntent.objects.create(**wish | {"worker_id": book.row.pk})
    _borrow_check(merge, book, theirs)


def _columns(indicator: Indicator, loser: Worker) -> dict[str, Any]:
    """A number's ciphertext opens in its own row only. The ID number's index is unique and stays with the loser."""
    value = getattr(loser, indicator.column)
    if indicator.code == "broker":
        return {"broker_id": value}
    columns = {indicator.column: value.open()}
    return columns | ({"mobile_index": loser.mobile_index} if indicator.code == "mobile" else {})


def _remember(merge: Merge, book: Book, indicator: Indicator, theirs: Provenance | None) -> None:
    was = _vouched(book, indicator)
    place = indicator.number - 1
    lent = [theirs.sources[place], theirs.observed[place], BASE] if theirs else [0, 0, BASE]
    merge.before[indicator.code] = {"was": was, "lent": lent}
    book.attribute(indicator, *lent)


def _vouched(book: Book, indicator: Indicator) -> list[int]:
    held = book.shown(indicator)
    return [held.source, held.day, held.act] if held else [0, 0, BASE]


def _borrow_check(merge: Merge, book: Book, theirs: Provenance | None) -> None:
    """The person was last checked when either row was."""
    mine = book.verified_at
    merge.before[_CHECKED] = {"was": _vouched(book, BY_CODE[_CHECKED]), "at": mine.isoformat() if mine else None}
    if theirs is not None and theirs.verified_at is not None and (mine is None or mine < theirs.verified_at):
        place = BY_CODE[_CHECKED].number - 1
        book.verified(theirs.sources[place], theirs.observed[place], theirs.verified_at)


def give_back(merge: Merge, book: Book) -> None:
    """Take away what was lent, unless somebody has stated it for the survivor since."""
    for code in (*_LENT, _WISH):
        if code not in merge.before:
            continue
        indicator, noted = BY_CODE[code], merge.before[code]
        if _vouched(book, indicator) != noted["lent"]:
            continue
        book.attribute(indicator, *noted["was"])
        if code == _WISH:
            JobIntent.objects.filter(worker=book.row).delete()
        else:
            book.put(indicator, dict.fromkeys(_emptied(indicator)))
    noted = merge.before[_CHECKED]
    before = datetime.fromisoformat(noted["at"]) if noted["at"] else None
    check(book, merge.merged_at, noted["was"], before)


def _emptied(indicator: Indicator) -> tuple[str, ...]:
    return ("mobile", "mobile_index") if indicator.code == "mobile" else indicator.columns


def check(book: Book, since: datetime, was: list[int], before: datetime | None) -> None:
    """The last check of one row: what was noted before, or the newest that was said or taken back about it since."""
    own = Statement.objects.filter(worker=book.row).exclude(act=BASE).select_related("act")
    heard = [(row.at, row.act.observed_on) for row in own]
    heard += [(row.act.undone_at, local_day(row.act.undone_at)) for row in own if row.act.undone_at]
    last = max((entry for entry in heard if entry[0] > since), default=None)
    if last is None:
        book.verified(was[0], was[1], before)
    else:
        book.verified(int(Source.COMPUTED), day_number(last[1]), last[0])


def check_again(book: Book, since: datetime) -> None:
    """The same for the loser, whose own note has not changed."""
    check(book, since, _vouched(book, BY_CODE[_CHECKED]), book.verified_at)
