"""Pages of the officials' lists by key instead of OFFSET: the last page costs what the first one costs.

An address names the row beside the page (`after=` or `before=`) by the values that order it. Names may be among them,
so they travel sealed, as the search term does; a token of somebody else, or of another order, opens the first page.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Expression, F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from .. import crypto

AFTER, BEFORE = "after", "before"
_LABEL = "admin.page"
_UNWRITABLE = (date, datetime, time)


@dataclass(frozen=True)
class Key:
    """One term of an order: what `filter()` calls it, and where empty values stand."""

    name: str
    expression: Expression | F
    field: Field
    nullable: bool
    descending: bool
    nulls_first: bool

    def order(self) -> OrderBy:
        """Says where empty values stand only where PostgreSQL would put them elsewhere: that is what an index holds."""
        if self.descending:
            return OrderBy(
                self.expression, descending=True, nulls_last=(not self.nulls_first and self.nullable) or None
            )
        return OrderBy(self.expression, nulls_first=(self.nulls_first and self.nullable) or None)

    def flipped(self) -> "Key":
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def bounds(self, value: Any) -> Q:
        """Non-empty values from this one on, so that a walk of an index can start there."""
        return Q(**{f"{self.name}__{'lte' if self.descending else 'gte'}": value})

    def beyond(self, value: Any) -> Q | None:
        """Rows that stand after this value by this key alone; None where there can be none."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.nulls_first else None
        further = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return further | Q(**{f"{self.name}__isnull": True}) if self.nullable and not self.nulls_first else further


class Keyset:
    """An ordered queryset, read a page at a time from a row's key on."""

    def __init__(self, queryset: QuerySet, per_page: int) -> None:
        self.per_page = per_page
        self.keys = [_key(queryset, term, n) for n, term in enumerate(queryset.query.order_by)]
        made = {key.name: key.expression for key in self.keys if key.name.startswith("key_")}
        self.queryset = queryset.annotate(**made) if made else queryset

    def page(self, values: Sequence[Any] | None, *, backwards: bool) -> tuple[list[Model], bool]:
        """The rows next to the key in the order of the list, and whether there are more beyond them."""
        keys = [key.flipped() for key in self.keys] if backwards else self.keys
        rows: list[Model] = []
        for part in self._parts(keys, values):
            rows += part.order_by(*(key.order() for key in keys))[: self.per_page + 1 - len(rows)]
            if len(rows) > self.per_page:
                break
        more, rows = len(rows) > self.per_page, rows[: self.per_page]
        return (rows[::-1] if backwards else rows), more

    def values_of(self, row: Model) -> list[Any]:
        return [getattr(row, key.name) for key in self.keys]

    def _parts(self, keys: list[Key], values: Sequence[Any] | None) -> Iterator[QuerySet]:
        """What follows the key. Where a first column may be empty, its filled and its empty rows are read apart: one
        question for both would begin at the head of the index."""
        if values is None:
            yield self.queryset
            return
        first, value = keys[0], values[0]
        rest = self.queryset.filter(_after(keys, values))
        if value is None:
            yield rest.filter(first.equal(None))
            if first.nulls_first:
                yield self.queryset.filter(~first.equal(None))
            return
        yield rest.filter(first.bounds(value))
        if first.nullable and not first.nulls_first:
            yield self.queryset.filter(first.equal(None))


def _after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """After the key as a whole: a beyond x, or a equal to x and b beyond y, …"""
    found, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        beyond = key.beyond(value)
        if beyond is not None:
            found |= equal & beyond
        equal &= key.equal(value)
    return found


def _key(queryset: QuerySet, term: Any, number: int) -> Key:
    """A term as `order_by()` takes it: a name, or an expression with or without a direction."""
    descending = isinstance(term, str) and term.startswith("-")
    expression, nulls_first, nulls_last = term, None, None
    if isinstance(term, str):
        expression = F(term.lstrip("-"))
    elif isinstance(term, OrderBy):
        expression, descending = term.expression, term.descending
        nulls_first, nulls_last = term.nulls_first, term.nulls_last
    first = descending if nulls_first is None and nulls_last is None else bool(nulls_first)
    field = _plain_field(queryset, expression)
    if field is not None:
        return Key(field.attname, F(field.attname), field, field.null, descending, first)
    resolved = expression.resolve_expression(queryset.query.clone(), allow_joins=True)
    return Key(f"key_{number}", expression, resolved.output_field, True, descending, first)


def _plain_field(queryset: QuerySet, expression: Any) -> Field | None:
    """The model's own column behind a plain name. A relation is its key: no model here orders by another."""
    if not isinstance(expression, F) or expression.name in queryset.query.annotations:
        return None
    meta = queryset.model._meta
    try:
        return meta.pk if expression.name == "pk" else meta.get_field(expression.name)
    except FieldDoesNotExist:
        return None


def seal_key(values: Sequence[Any], keys: Sequence[Key], user: Any) -> str:
    """The key of a row as an address carries it; opens for this user alone."""
    said = [value.isoformat() if isinstance(value, _UNWRITABLE) else value for value in values]
    text = json.dumps([_shape(keys), said], default=str, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(crypto.seal(_LABEL, user.uuid, text)).decode().rstrip("=")


def open_key(token: str, keys: Sequence[Key], user: Any) -> list[Any] | None:
    """The key that a token carries; None where it is not one for this person and this order."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        shape, said = json.loads(crypto.unseal(_LABEL, user.uuid, sealed))
    except (binascii.Error, ValueError, crypto.CannotOpen):
        return None
    if shape != _shape(keys):
        return None
    try:
        return [key.field.to_python(value) for key, value in zip(keys, said, strict=True)]
    except ValidationError:
        return None


def _shape(keys: Sequence[Key]) -> list[str]:
    return [f"{'-' if key.descending else ''}{key.name}" for key in keys]
