"""Inputs of which a page has long ones, written without a template for each piece."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class FixedChoices(BaseChoiceIterator):
    """A ready list of choices; Django copies and examines any other kind for each form anew."""

    def __init__(self, rows: Iterable[tuple[Any, Any]]) -> None:
        self.rows = tuple(rows)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.rows)

    def __deepcopy__(self, memo: dict) -> "FixedChoices":
        return self


class QuickSelect(forms.Select):
    """A select as Django writes it, except that Django renders a template for each option.

    Of a list of a hundred that cost more than the rest of the page around it.
    """

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(own), mark_safe("".join(_pieces(self.choices, chosen))))


def _pieces(choices: Iterable, chosen: set[str]) -> Iterator[str]:
    """Options, and groups of options where the label is a list of them; each piece is escaped."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield format_html('<optgroup label="{}">', key)
            yield from _pieces(label, chosen)
            yield "</optgroup>"
        else:
            value = "" if key is None else str(key)
            words = label if isinstance(label, str) else str(label)
            yield _option(value, words, value in chosen)


@lru_cache(maxsize=2048, typed=True)  # a label that is safe and one that is not are two
def _option(value: str, label: str, selected: bool) -> SafeString:
    mark = mark_safe(" selected") if selected else ""
    return format_html('<option value="{}"{}>{}</option>', value, mark, label)
