"""From a sealed upload to staged rows, a workbook of returned ones, and a preview."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import connection, transaction

from core.long_work import take_time

from ..enums import Source
from ..models import FeedBatch
from ..precedence import day_number
from . import files, returning
from .ahead import ahead
from .reading import profiles, tables
from .reading.checking_rows import Checked, DuplicateKeys, Known, check
from .writing import comparing, newcomers, staging

if TYPE_CHECKING:
    import polars as pl


def stage(batch: FeedBatch, *, on: date, tell: Callable[[int], None]) -> dict:
    """Read, check and stage the whole file; what is found becomes columns of the batch. `tell` hears lines read.

    Raises `Refusal` when the file as a whole cannot be taken; nothing but staging tables is written.
    """
    with files.opened(batch) as path:
        table = tables.open_table(path, batch.name)
        matched = profiles.of(Source(batch.source)).match(table.headers)
        staged = staging.Staged(list(matched.columns))
        with connection.cursor() as cursor:
            staging.create(cursor, batch.pk, staged.columns)
        returned_name = uuid4().hex
        reader = _Reader(batch, table, matched, staged, on=on, tell=tell)
        books = returning.write(reader.bad_rows(), table.headers, lambda n: files.returning(returned_name, n))
    preview = _preview(batch, staged)
    return {
        "columns": staged.columns,
        "lines_total": reader.lines,
        "returned_name": returned_name if books else "",
        "counts": {
            "about": table.about,
            "unknown_headers": list(matched.unknown),
            "not_theirs": list(matched.not_theirs),
            "returned_rows": reader.returned,
            "books": books,
            **preview,
        },
    }


class _Reader:
    """Walks the file once: good rows go to the staging table while the bad ones are handed on."""

    def __init__(self, batch: FeedBatch, table, matched, staged: staging.Staged, *, on: date, tell) -> None:
        self._known = Known.on(on)
        self.batch, self.table, self.matched, self.staged, self.on, self.tell = batch, table, matched, staged, on, tell
        self.lines = self.returned = 0

    def bad_rows(self) -> "Iterator[pl.DataFrame]":
        with connection.cursor() as cursor:
            for lines, parted, rows in ahead(self._prepared()):
                staging.copy(cursor, self.batch.pk, self.staged.columns, rows)
                self.staged.remember(parted.good)
                self.lines += lines
                self.returned += parted.bad.height
                self.tell(self.lines)
                yield parted.bad

    def _prepared(self) -> Iterator[tuple[int, Checked, bytes]]:
        """Per frame how many lines it had, what became of them, and the good ones as they are copied.

        While one frame is hashed and spelled out, the next is read and checked.
        """
        for lines, parted in ahead(self._parted()):
            yield lines, parted, staging.prepared(self.staged.columns, parted.good)

    def _parted(self) -> Iterator[tuple[int, Checked]]:
        seen = DuplicateKeys()
        for first_line, frame in self.table.chunks():
            parted = check(frame, self.matched, first_line=first_line, on=self.on, known=self._known, seen=seen)
            yield frame.height, parted


@transaction.atomic
def _preview(batch: FeedBatch, staged: staging.Staged) -> dict:
    with connection.cursor() as cursor:
        take_time(cursor)
        staging.know(cursor, batch.pk)
        comparing.plan(cursor, batch.pk, staged.columns)
        newcomers.prepare(cursor, batch.pk, staged)
        found = comparing.preview(
            cursor, batch.pk, staged.columns, source=Source(batch.source), day=day_number(batch.observed_on)
        )
        cursor.execute("DROP TABLE feed_plan")
    return found.as_dict()
