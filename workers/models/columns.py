"""Short ways to declare the registry's columns: a code of a list, a division, a number in a range."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of

DIVISION_FORM = r"^(\d{2}|\d{6}|\d{9}|\d{12})$"


def code(label: Any, choices: Iterable, length: int = 1) -> models.CharField:
    """A code of a list; empty while unknown."""
    return models.CharField(label, max_length=length, choices=choices.choices, blank=True, default="")


def codes(label: Any, choices: Iterable) -> ArrayField:
    """Several codes of a list; empty while unknown."""
    return ArrayField(
        models.CharField(max_length=20, choices=choices.choices), verbose_name=label, blank=True, default=list
    )


def division(label: Any) -> models.CharField:
    """A division code of 2 (province), 6, 9 or 12 digits; empty while unknown."""
    return models.CharField(label, max_length=12, blank=True, default="")


def text(label: Any, length: int) -> models.CharField:
    return models.CharField(label, max_length=length, blank=True, default="")


def count(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def fen(label: Any) -> models.BigIntegerField:
    return models.BigIntegerField(label, null=True, blank=True)


def day(label: Any) -> models.DateField:
    return models.DateField(label, null=True, blank=True)


def listed(lists: dict[str, Iterable]) -> list[CheckConstraint]:
    """Each column holds a code of its list, or nothing."""
    message = _("{column}：不在代码表里的值。")
    return [
        one_of(name, choices, name=f"workers_{name}_listed", message=format_lazy(message, column=name), blank=True)
        for name, choices in lists.items()
    ]


def all_listed(lists: dict[str, Iterable]) -> list[CheckConstraint]:
    """Each array column holds only codes of its list."""
    message = _("{column}：不在代码表里的值。")
    return [
        CheckConstraint(
            condition=Q(**{f"{name}__contained_by": list(choices.values)}),
            name=f"workers_{name}_listed",
            violation_error_message=format_lazy(message, column=name),
        )
        for name, choices in lists.items()
    ]


def shaped(form: str, *names: str) -> list[CheckConstraint]:
    """Each column is empty or has the form of the regular expression."""
    message = _("{column}：格式不对。")
    return [
        CheckConstraint(
            condition=Q(**{name: ""}) | Q(**{f"{name}__regex": form}),
            name=f"workers_{name}_form",
            violation_error_message=format_lazy(message, column=name),
        )
        for name in names
    ]


def ranged(ranges: dict[str, tuple[int, int]]) -> list[CheckConstraint]:
    """Each number lies in its range; unknown passes."""
    message = _("{column}：应在 {low} 到 {high} 之间。")
    return [
        CheckConstraint(
            condition=Q(**{f"{name}__gte": low, f"{name}__lte": high}),
            name=f"workers_{name}_range",
            violation_error_message=format_lazy(message, column=name, low=low, high=high),
        )
        for name, (low, high) in ranges.items()
    ]
