"""Named check constraints for what must never be false, with a sentence for the person who tries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import CheckConstraint, F, Q


def _check(condition: Q, name: str, message: str) -> CheckConstraint:
    return CheckConstraint(condition=condition, name=name, violation_error_message=message)


def together(*fields: str, name: str, message: str) -> CheckConstraint:
    """All of the fields are set, or none is (who decided and when)."""
    all_set = Q(**{f"{f}__isnull": False for f in fields})
    none_set = Q(**{f"{f}__isnull": True for f in fields})
    return _check(all_set | none_set, name, message)


def in_order(first: str, second: str, *, name: str, message: str) -> CheckConstraint:
    """`first` ≤ `second` whenever both are set (SQL lets a NULL pass)."""
    return _check(Q(**{f"{first}__lte": F(second)}), name, message)


def one_of(field: str, choices: Iterable, *, name: str, message: str, blank: bool = False) -> CheckConstraint:
    """The field holds a value of the code list; `blank` also admits the empty string."""
    values = [str(getattr(c, "value", c)) for c in choices]
    return _check(Q(**{f"{field}__in": [*values, ""] if blank else values}), name, message)


def at_least(field: str, lowest: int | date, *, name: str, message: str) -> CheckConstraint:
    """The number or the day is not below `lowest`."""
    return _check(Q(**{f"{field}__gte": lowest}), name, message)


def between(field: str, lowest: int, highest: int, *, name: str, message: str) -> CheckConstraint:
    """`lowest` ≤ field ≤ `highest`."""
    return _check(Q(**{f"{field}__gte": lowest, f"{field}__lte": highest}), name, message)


def set_in(states: Iterable[str], *fields: str, name: str, message: str) -> CheckConstraint:
    """In these states all the fields are set (an accepted case knows who accepted it)."""
    return _check(~Q(state__in=list(states)) | Q(**{f"{f}__isnull": False for f in fields}), name, message)


def differ(first: str, second: str, *, name: str, message: str) -> CheckConstraint:
    """Maker ≠ checker; a NULL passes."""
    return _check(~Q(**{first: F(second)}), name, message)
