"""SQL for the registry's columns: their types, their text form, and the way back from text.

All names come from the model, never from a file, so they can stand in SQL as they are.
"""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import connection

from ...indicators import INDICATORS, Indicator
from ...models import Worker
from ...texts import has_text
from ...values import empty

_JOIN = " || chr(31) || "
BY_COLUMN: dict[str, Indicator] = {
    column: indicator for indicator in INDICATORS if has_text(indicator) for column in indicator.columns
}


def db_type(column: str) -> str:
    """The column's type in the registry, for a staging column of the same kind."""
    return str(Worker._meta.get_field(column).db_type(connection))


def indicators_of(columns: Iterable[str]) -> list[Indicator]:
    """The indicators that these columns belong to, by number, each once."""
    return sorted({BY_COLUMN[column] for column in columns}, key=lambda indicator: indicator.number)


def _is_list(column: str) -> bool:
    return isinstance(Worker._meta.get_field(column), ArrayField)


def _column_text(alias: str, column: str) -> str:
    name = f'{alias}."{column}"'
    if _is_list(column):
        return f"CASE WHEN {name} = '{{}}' THEN '' ELSE coalesce({name}::text, '') END"
    return f"coalesce({name}::text, '')"


def text(alias: str, indicator: Indicator, present: Iterable[str] | None = None) -> str:
    """The indicator's value in the row `alias` as statements keep it; columns that are not `present` count as ''."""
    have = set(indicator.columns if present is None else present)
    return _JOIN.join(_column_text(alias, column) if column in have else "''" for column in indicator.columns)


def said(alias: str, indicator: Indicator, present: Iterable[str]) -> str:
    """What the staged row says of the indicator, as `text`; null where it says nothing."""
    if _is_plain(indicator):
        return f'{alias}."{indicator.column}"::text'
    return f"CASE WHEN {stated(alias, indicator, present)} THEN {text(alias, indicator, present)} END"


def differs(alias: str, other: str, indicator: Indicator, present: Iterable[str]) -> str:
    """Whether the staged row says something else of the indicator than the other row; not true where it says nothing.

    The same as comparing their texts, without making a text of every word, number, day and yes.
    """
    if not _is_plain(indicator):
        return f"{stated(alias, indicator, present)} AND {text(alias, indicator, present)} <> {text(other, indicator)}"
    ours, theirs = f'{alias}."{indicator.column}"', f'{other}."{indicator.column}"'
    if empty(indicator.column) is None:
        return f"{ours} IS NOT NULL AND {ours} IS DISTINCT FROM {theirs}"
    return f"{ours} <> {theirs}"


def _is_plain(indicator: Indicator) -> bool:
    """Whether it is one column that is no list, so that its text is the column's own."""
    return len(indicator.columns) == 1 and not _is_list(indicator.column)


def stated(alias: str, indicator: Indicator, present: Iterable[str]) -> str:
    """Whether the staged row says anything about the indicator."""
    return "(" + " OR ".join(f'{alias}."{c}" IS NOT NULL' for c in indicator.columns if c in set(present)) + ")"


def from_text(expression: str, column: str) -> str:
    """The column's value for a text of its indicator."""
    indicator = BY_COLUMN[column]
    part = expression
    if len(indicator.columns) > 1:
        part = f"split_part({expression}, chr(31), {indicator.columns.index(column) + 1})"
    value = f"nullif({part}, '')::{db_type(column)}"
    nothing = empty(column)
    if nothing is None:
        return value
    return f"coalesce({value}, '{{}}')" if nothing == [] else f"coalesce({value}, '')"
