"""Rows added and found by statements whose text is made once per model.

`Model.save` and a queryset plan their statement anew for every row, which takes three times as long as PostgreSQL needs
for it. Where many people wait at once, as at registering, a service adds and finds its rows here. Defaults, sealing,
converters and constraints are the same; there are no signals in this house to miss.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields import NOT_PROVIDED, AutoFieldMixin

Row = TypeVar("Row", bound=models.Model)
# Values of these are written as they are. A choice's member, a lazy word or an expression is of another type.
_PLAIN: dict[type[models.Field], type] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.SmallIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.BigIntegerField: int,
}


def add(row: Row, *, after: str = "") -> Row:
    """Insert a row that is not there yet; what the database fills in is set on it. Raises `IntegrityError`.

    `after` is a statement that goes before it on the same way to the server.
    """
    _insert(row, "", f"{after}; " if after else "")
    return row


def add_unless_there(row: models.Model) -> bool:
    """Insert the row; False, and nothing is changed, where a unique key stands against it."""
    return _insert(row, " ON CONFLICT DO NOTHING")


def first(model: type[Row], condition: str, values: list[Any]) -> Row | None:
    """The first row for `condition`, which is SQL that the caller has written: "phone_index = %s ORDER BY id".

    Rows that belong to people keep their door: it finds what a service may read anyway.
    """
    text, names, converters = _reading(model)
    link = _link()
    with link.cursor() as cursor:
        cursor.execute(f"{text} WHERE {condition}", values)
        found = cursor.fetchone()
    if found is None:
        return None
    held = list(found)
    for place, expression, ways in converters:
        for convert in ways:
            held[place] = convert(held[place], expression, link)
    return model.from_db(link.alias, names, held)


def _insert(row: models.Model, otherwise: str, before: str = "") -> bool:
    if not row._state.adding:
        raise ValueError("the row is there already")
    connection = _link()
    text, written, filled = _statement(type(row), otherwise)
    values = [_value(row, field, plain, connection) for field, plain in written]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(before + text, values)
        found = cursor.fetchone() if filled else (() if cursor.rowcount else None)
    if found is None:
        return False
    for field, value in zip(filled, found, strict=True):
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias
    return True


def _value(row: models.Model, field: Any, plain: type | None, link: BaseDatabaseWrapper) -> Any:
    """What the statement takes for a field; what is of its plain type, or missing, needs no preparing."""
    if plain is not None:
        value = getattr(row, field.attname)
        if value is None or type(value) is plain:
            return value
    return field.get_db_prep_save(field.pre_save(row, True), link)


def _link() -> BaseDatabaseWrapper:
    """The connection itself: `django.db.connection` looks for it at every access, and a row asks a hundred times."""
    return connections[DEFAULT_DB_ALIAS]


@cache
def _reading(model: type[models.Model]) -> tuple[str, list[str], list[tuple[int, Any, list[Callable[..., Any]]]]]:
    """The text up to its condition, the names that a row is made of, and who converts what stands at which place."""
    link, names, converters = _link(), [], []
    for place, field in enumerate(model._meta.concrete_fields):
        column = field.get_col(model._meta.db_table)
        ways = link.ops.get_db_converters(column) + column.get_db_converters(link)
        names.append(field.attname)
        if ways:
            converters.append((place, column, ways))
    quote = link.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    return f"SELECT {columns} FROM {quote(model._meta.db_table)}", names, converters


@cache
def _statement(
    model: type[models.Model], otherwise: str
) -> tuple[str, list[tuple[models.Field, type | None]], list[models.Field]]:
    """The text, the fields whose values it takes, each with its plain type, and those that it returns."""
    written, filled = [], []
    for field in model._meta.local_concrete_fields:
        by_database = isinstance(field, AutoFieldMixin) or field.generated or field.db_default is not NOT_PROVIDED
        (filled if by_database else written).append(field)
    quote = _link().ops.quote_name
    names = ", ".join(quote(field.column) for field in written)
    places = ", ".join(_place(field) for field in written)
    text = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places}){otherwise}"
    if filled:
        text += f" RETURNING {', '.join(quote(field.column) for field in filled)}"
    return text, [(field, _PLAIN.get(type(field))) for field in written], filled


def _place(field: Any) -> str:
    return field.get_placeholder(None, None, _link()) if hasattr(field, "get_placeholder") else "%s"
