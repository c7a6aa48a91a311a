"""New rows by a statement whose text is made once per model.

`Model.save` plans its `INSERT` anew for every row, which takes three times as long as PostgreSQL needs for it. Where
many people wait at once, as at registering, a service adds its rows here. Defaults, sealing and constraints are the
same; there are no signals in this house to miss.
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models.fields import NOT_PROVIDED, AutoFieldMixin

Row = TypeVar("Row", bound=models.Model)


def add(row: Row) -> Row:
    """Insert a row that is not there yet; what the database fills in is set on it. Raises `IntegrityError`."""
    _insert(row, "")
    return row


def add_unless_there(row: models.Model) -> bool:
    """Insert the row; False, and nothing is changed, where a unique key stands against it."""
    return _insert(row, " ON CONFLICT DO NOTHING")


def _insert(row: models.Model, otherwise: str) -> bool:
    if not row._state.adding:
        raise ValueError("the row is there already")
    text, written, filled = _statement(type(row), otherwise)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in written]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(text, values)
        found = cursor.fetchone() if filled else (() if cursor.rowcount else None)
    if found is None:
        return False
    for field, value in zip(filled, found, strict=True):
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias
    return True


@cache
def _statement(model: type[models.Model], otherwise: str) -> tuple[str, list[models.Field], list[models.Field]]:
    """The text, the fields whose values it takes, and those that it returns."""
    written, filled = [], []
    for field in model._meta.local_concrete_fields:
        by_database = isinstance(field, AutoFieldMixin) or field.generated or field.db_default is not NOT_PROVIDED
        (filled if by_database else written).append(field)
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in written)
    places = ", ".join(_place(field) for field in written)
    text = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places}){otherwise}"
    if filled:
        text += f" RETURNING {', '.join(quote(field.column) for field in filled)}"
    return text, written, filled


def _place(field: Any) -> str:
    return field.get_placeholder(None, None, connection) if hasattr(field, "get_placeholder") else "%s"
