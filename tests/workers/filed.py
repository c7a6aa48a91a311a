"""Files made in memory for a small registry."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
from django.db import connection

from core.crypto import id_check_character
from workers.feeds.writing import applying, comparing, newcomers, staging, undoing
from workers.precedence import day_number

BEGAN = datetime(2026, 3, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def id_number(person: int) -> str:
    """A number nobody has: address code 500199 was never issued."""
    body = f"5001991974030{person % 9 + 1}{person:03d}"
    return body + id_check_character(body)


class Files:
    """Applies and undoes files given as rows; every call happens a minute later than the one before."""

    def __init__(self) -> None:
        self.calls = 0

    def _next(self) -> tuple[int, datetime]:
        self.calls += 1
        return self.calls, BEGAN + timedelta(minutes=self.calls)

    def stage(self, rows, batch_id, schema=None):
        frame = pl.DataFrame(
            [{"line": line, "id_number": id_number(person), **values} for line, (person, values) in enumerate(rows, 2)],
            schema_overrides={"line": pl.Int64, **(schema or {})},
            infer_schema_length=None,
        )
        stated = [name for name in frame.columns if name not in ("line", "id_number")]
        staged = staging.Staged(stated)
        with connection.cursor() as cursor:
            staging.create(cursor, batch_id, stated)
            staging.add(cursor, batch_id, stated, frame)
            staged.remember(frame)
            comparing.plan(cursor, batch_id, stated)
            newcomers.prepare(cursor, batch_id, staged)
        return staged

    def apply(self, rows, source, *, on=date(2026, 3, 1), schema=None):
        batch_id, at = self._next()
        staged = self.stage(rows, batch_id, schema)
        act, counts = applying.apply(batch_id, staged.columns, source=source, observed_on=on, by=None, at=at)
        with connection.cursor() as cursor:
            staging.drop(cursor, batch_id)
        return act, counts

    def preview(self, rows, source, *, on=date(2026, 3, 1)):
        batch_id, _at = self._next()
        staged = self.stage(rows, batch_id)
        with connection.cursor() as cursor:
            found = comparing.preview(cursor, batch_id, staged.columns, source=source, day=day_number(on))
            staging.drop(cursor, batch_id)
        return found

    def undo(self, act):
        return undoing.undo(act, at=self._next()[1])
