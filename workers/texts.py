"""Values as text: the one form in which statements keep them, equal to PostgreSQL's `column::text`.

Codes and numbers as they are, days as ISO dates, lists as `{a,b}` in the order of the code list, '' for nothing; the
columns of an indicator that has two are joined by U+001F. Sealed values and the job wish have no text of their own.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from .indicators import Indicator, Kind
from .models import Worker
from .values import empty

JOIN = "\x1f"
# Stated, but kept elsewhere: sealed beside the row, or on the narrow table of wishes.
KEPT_ELSEWHERE = frozenset({Kind.SEALED, Kind.INTENT, Kind.PERSON, Kind.MOMENT})


def has_text(indicator: Indicator) -> bool:
    """Whether statements carry this indicator's value, so that it can be weighed and restored."""
    return indicator.kind not in KEPT_ELSEWHERE


def text_of(indicator: Indicator, row: Any) -> str:
    """The value as `row` holds it."""
    return JOIN.join(_text(getattr(row, column)) for column in indicator.columns)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "{" + ",".join(value) + "}" if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:.1f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def columns_from(indicator: Indicator, text: str | None) -> Mapping[str, Any]:
    """The columns' values for a text; empty ones for '' and None."""
    parts = (text or "").split(JOIN) if text else [""] * len(indicator.columns)
    return {column: _value(column, part) for column, part in zip(indicator.columns, parts, strict=True)}


def _value(column: str, text: str) -> Any:
    if not text:
        return empty(column)
    field = Worker._meta.get_field(column)
    if isinstance(field, models.DateField):
        return date.fromisoformat(text)
    if isinstance(field, models.BooleanField):
        return text == "true"
    if isinstance(field, models.DecimalField):
        return Decimal(text)
    if isinstance(field, models.IntegerField):
        return int(text)
    return text[1:-1].split(",") if text.startswith("{") and not isinstance(field, models.CharField) else text
