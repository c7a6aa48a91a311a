"""From a sealed monthly file to staged rows, a workbook of returned ones, and what to know before writing."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import connection, transaction

from core.long_work import take_time
from workers.feeds import files, returning
from workers.feeds.ahead import ahead
from workers.feeds.reading import tables
from workers.feeds.writing.staging import prepared

from ..enums import FileKind
from ..models import PayrollFile
from . import staging
from .checking import Known, check, seen
from .profiles import PROFILES

if TYPE_CHECKING:
    import polars as pl

_PREVIEW = """
    SELECT count(*), count(DISTINCT project_id), count(DISTINCT month),
        coalesce(array_agg(DISTINCT month ORDER BY month), '{{}}')
    FROM {table}
"""
_PEOPLE = """
    SELECT count(*), count(*) FILTER (WHERE known) FROM (
        SELECT DISTINCT s.id_index, w.id IS NOT NULL AS known
        FROM {table} s LEFT JOIN workers_worker w ON w.id_number_index = s.id_index
    ) people
"""
_SUMS = "SELECT coalesce(sum({due}), 0), coalesce(sum(paid_fen), 0), count(*) FILTER (WHERE paid_fen = 0) FROM {table}"


def stage(batch: PayrollFile, *, on: date, tell: Callable[[int], None]) -> dict:
    """Read, check and stage the whole file; what is found becomes columns of the batch. `tell` hears lines read.

    Raises `Refusal` when the file as a whole cannot be taken; nothing but the staging table is written.
    """
    kind = FileKind(batch.kind)
    with files.opened(batch) as path:
        table = tables.open_table(path, batch.name)
        matched = PROFILES[kind].match(table.headers)
        with connection.cursor() as cursor:
            staging.create(cursor, batch.pk, kind)
        returned_name, counted = uuid4().hex, {"lines": 0, "returned": 0}
        known = Known.of(batch.prefixes, on)

        def parted() -> Iterator[tuple[int, "pl.DataFrame", bytes]]:
            """While one frame is copied, the next is read, checked and hashed."""
            before = seen(kind)
            for first_line, frame in table.chunks():
                found = check(frame, matched, kind, first_line=first_line, known=known, seen=before)
                yield frame.height, found.bad, prepared(list(staging.TYPES[kind]), found.good)

        def bad_rows() -> "Iterator[pl.DataFrame]":
            with connection.cursor() as cursor:
                for lines, bad, data in ahead(parted()):
                    staging.copy(cursor, batch.pk, kind, data)
                    counted["lines"] += lines
                    counted["returned"] += bad.height
                    tell(counted["lines"])
                    yield bad

        books = returning.write(bad_rows(), table.headers, lambda n: files.returning(returned_name, n))
    return {
        "columns": list(matched.by_column),
        "lines_total": counted["lines"],
        "returned_name": returned_name if books else "",
        "counts": {
            "about": table.about,
            "unknown_headers": list(matched.unknown),
            "returned_rows": counted["returned"],
            "books": books,
            **_preview(batch.pk, kind),
        },
    }


@transaction.atomic
def _preview(batch_id: int, kind: FileKind) -> dict:
    name = staging.table(batch_id)
    with connection.cursor() as cursor:
        take_time(cursor)
        cursor.execute(f"ANALYZE {name}")
        cursor.execute(_PREVIEW.format(table=name))
        rows, projects, _months, months = cursor.fetchone()
        found = {"rows": rows, "projects": projects, "months": [f"{month:%Y-%m}" for month in months]}
        if kind != FileKind.DEPOSITS:
            cursor.execute(_PEOPLE.format(table=name))
            people, known = cursor.fetchone()
            found |= {"people": people, "strangers": people - known}
        if kind != FileKind.ATTENDANCE:
            due = "owed_fen" if kind == FileKind.PAYROLL else "due_fen"
            cursor.execute(_SUMS.format(table=name, due=due))
            due_fen, paid_fen, unpaid = cursor.fetchone()
            found |= {"due_fen": int(due_fen), "paid_fen": int(paid_fen), "unpaid": unpaid}
    return found
