"""Inputs of which a page has many or long ones, written without a template for each piece."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class QuickSelect(forms.Select):
    """A select as Django writes it, except that Django renders a template for each option.

    Of a list of a hundred that cost more than the rest of the page around it.
    """

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(own), _pieces(self.choices, chosen))


def _pieces(choices: Iterable, chosen: set[str]) -> SafeString:
    """Options, and groups of options where the label is a list of them."""
    return format_html_join(
        "",
        "{}",
        (
            (_group(key, label, chosen) if isinstance(label, list | tuple) else _option(key, label, chosen),)
            for key, label in choices
        ),
    )


def _group(label: Any, options: Iterable, chosen: set[str]) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', label, _pieces(options, chosen))


def _option(value: Any, label: Any, chosen: set[str]) -> SafeString:
    text = "" if value is None else str(value)
    return format_html('<option value="{}"{}>{}</option>', text, _SELECTED if text in chosen else "", label)


_SELECTED = SafeString(" selected")
