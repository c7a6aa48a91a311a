"""Pages by key instead of OFFSET, and counts by estimate: as fast on page 10,000 as on the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Q

SALT = "core.pagination"
EXACT_UP_TO = 1_000


@dataclass(frozen=True)
class Count:
    """How many rows there are; `exact` is false beyond the first thousand."""

    number: int
    exact: bool


def estimate(queryset: models.QuerySet) -> Count:
    """Count exactly up to 1,000 rows, else take the planner's estimate; never scans the whole table."""
    bounded = queryset.order_by().values("pk")[: EXACT_UP_TO + 1].count()
    if bounded <= EXACT_UP_TO:
        return Count(bounded, exact=True)
    return Count(max(planned(queryset), EXACT_UP_TO), exact=False)


def planned(queryset: models.QuerySet) -> int:
    """How many rows PostgreSQL expects, without reading any."""
    try:
        sql, params = queryset.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    return int(plan[0]["Plan"]["Plan Rows"])


@dataclass(frozen=True)
class Page:
    """One page of rows with the cursors to its neighbours (empty where there is none)."""

    items: list
    next_cursor: str
    previous_cursor: str

    def __iter__(self):
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class KeysetPaginator:
    """Pages of a queryset ordered by non-null fields ending in the primary key, such as ("-refreshed_at", "-pk")."""

    def __init__(self, queryset: models.QuerySet, *, order: Sequence[str], per_page: int = 20) -> None:
        if order[-1].lstrip("-") not in {"pk", "id", queryset.model._meta.pk.name}:
            raise ValueError("the order must end with the primary key")
        self.queryset, self.order, self.per_page = queryset, list(order), per_page

    def page(self, cursor: str = "") -> Page:
        """The page that a cursor points at; an unreadable cursor gives the first page."""
        backwards, values = self._read(cursor)
        order = [_flip(name) for name in self.order] if backwards else self.order
        rows = self.queryset.order_by(*order)
        if values:
            rows = rows.filter(_beyond(order, values))
        items = list(rows[: self.per_page + 1])
        more, items = len(items) > self.per_page, items[: self.per_page]
        if backwards:
            items.reverse()
        has_next, has_previous = (True, more) if backwards else (more, bool(values))
        return Page(
            items=items,
            next_cursor=self._write(items[-1], backwards=False) if items and has_next else "",
            previous_cursor=self._write(items[0], backwards=True) if items and has_previous else "",
        )

    def _fields(self) -> list[models.Field]:
        meta = self.queryset.model._meta
        return [meta.pk if n.lstrip("-") == "pk" else meta.get_field(n.lstrip("-")) for n in self.order]

    def _write(self, row: models.Model, *, backwards: bool) -> str:
        values = [field.value_to_string(row) for field in self._fields()]
        return signing.dumps([backwards, self.order, values], salt=SALT, compress=True)

    def _read(self, cursor: str) -> tuple[bool, list[Any]]:
        try:
            backwards, order, values = signing.loads(cursor, salt=SALT)
        except signing.BadSignature:
            return False, []
        if order != self.order:
            return False, []
        return backwards, [field.to_python(v) for field, v in zip(self._fields(), values, strict=True)]


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after the given key: a < x, or a = x and b < y, … with the direction of each field.

    That the first field does not lie before the key follows from it; said apart, it is what an index can start at.
    """
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        bare, direction = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{bare}__{direction}": value})
        equal &= Q(**{bare: value})
    first, direction = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{direction}": values[0]}) & condition
