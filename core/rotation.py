"""Re-sealing personal values under the current field key, in batches that each stand alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction
from psycopg2.extras import execute_values

from . import crypto
from .fields import SealedTextField

BATCH_ROWS = 2_000


@dataclass(frozen=True)
class SealedFiles:
    """Files whose keys rest under a field key. `reseal` yields how many it has done; it may be stopped and resumed."""

    label: str
    outdated: Callable[[], int]
    reseal: Callable[[], Iterator[int]]


_files: list[SealedFiles] = []


def register_files(files: SealedFiles) -> None:
    """Let a rotation take these files along; called once by an app that is ready."""
    _files.append(files)


def sealed_files() -> tuple[SealedFiles, ...]:
    """All files that lie under field keys."""
    return tuple(_files)


def sealed_fields() -> list[SealedTextField]:
    """Every sealed column of the portal."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedTextField)
    ]


def outdated(field: SealedTextField) -> int:
    """How many rows of the column are sealed under another key than the current one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {_table(field)} WHERE {_is_outdated(field)}", [_current()])
        return cursor.fetchone()[0]


def reseal(field: SealedTextField, *, batch_rows: int = BATCH_ROWS) -> Iterator[int]:
    """Re-seal the column batch by batch, yielding rows done; stop and start again at any point.

    A row that changes meanwhile keeps its newer value, because the update compares the old ciphertext.
    Raises `crypto.CannotOpen` for a value that no configured key opens, leaving that batch untouched.
    """
    last = 0
    while batch := _next_batch(field, last, batch_rows):
        last = batch[-1][0]
        with transaction.atomic(), connection.cursor() as cursor:
            execute_values(
                cursor.cursor,
                f"UPDATE {_table(field)} t SET {_column(field)} = v.fresh"
                f" FROM (VALUES %s) v(id, old, fresh) WHERE t.{_key(field)} = v.id AND t.{_column(field)} = v.old",
                [(pk, old, _fresh(field, row_uuid, old)) for pk, row_uuid, old in batch],
                page_size=batch_rows,
            )
        yield len(batch)


def _next_batch(field: SealedTextField, after: int, rows: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_key(field)}, uuid, {_column(field)} FROM {_table(field)}"
            f" WHERE {_key(field)} > %s AND {_is_outdated(field)} ORDER BY {_key(field)} LIMIT %s",
            [after, _current(), rows],
        )
        return cursor.fetchall()


def _fresh(field: SealedTextField, row_uuid, old: memoryview) -> bytes:
    return crypto.seal(field.label, row_uuid, crypto.unseal(field.label, row_uuid, bytes(old)))


def _is_outdated(field: SealedTextField) -> str:
    return f"{_column(field)} IS NOT NULL AND substr({_column(field)}, 1, {len(_current())}) <> %s"


def _current() -> bytes:
    return crypto.key_prefix(crypto.current_key_id())


def _table(field: models.Field) -> str:
    return connection.ops.quote_name(field.model._meta.db_table)


def _column(field: models.Field) -> str:
    return connection.ops.quote_name(field.column)


def _key(field: models.Field) -> str:
    return connection.ops.quote_name(field.model._meta.pk.column)
