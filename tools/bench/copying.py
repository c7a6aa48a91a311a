"""Rows of a model as COPY reads them: what a row does not say is the field's default."""

import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

BATCH = 20_000


def numbers(table: str, many: int) -> list[int]:
    """The next keys of the table's sequence, which nobody else gets any more."""
    return serials(f"pg_get_serial_sequence('{table}', 'id')", many)


def serials(sequence: str, many: int) -> list[int]:
    """The next `many` values; `sequence` is SQL that names it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence}::regclass) FROM generate_series(1, %s)", [many])
        return [number for (number,) in cursor.fetchall()]


def copy(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Write rows given as column → value, in pieces; returns how many. Values are Python's, sealed ones bytes."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    fields = [field for field in fields if field.db_default is NOT_PROVIDED]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    plan = [(field.attname, None if field.has_default() and callable(field.default) else _default(field), field)
            for field in fields]  # fmt: skip
    done, text = 0, StringIO()
    with connection.cursor() as cursor:
        for row in rows:
            text.write("\t".join([_text(row[name] if name in row else _fresh(field, kept))
                                  for name, kept, field in plan]))  # fmt: skip
            text.write("\n")
            done += 1
            if done % BATCH == 0:
                text = _send(cursor, statement, text)
        _send(cursor, statement, text)
    return done


def _default(field: models.Field) -> Any:
    return field.get_default()


def _fresh(field: models.Field, kept: Any) -> Any:
    return field.get_default() if field.has_default() and callable(field.default) else kept


def _send(cursor: Any, statement: str, text: StringIO) -> StringIO:
    text.seek(0)
    cursor.copy_expert(statement, text)
    return StringIO()


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, list):
        return "{" + ",".join(_element(item) for item in value) + "}"
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    text = str(value)
    if "\\" in text or "\t" in text or "\n" in text:
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text


def _element(item: Any) -> str:
    return '"' + str(item).replace("\\", "\\\\").replace('"', '\\"') + '"'
