"""The quick select says what Django's says."""

import re

import pytest
from django import forms
from django.test.html import parse_html

from core.widgets import QuickSelect

CHOICES = [("", "请选择"), ("建筑 & 装修", [("a", "电工"), ("b", "<焊工>")]), ("c", '带"引号')]


def shown(widget, value, **attrs):
    field = forms.ChoiceField(choices=CHOICES, widget=widget)
    return field.widget.render("trade", value, attrs={"id": "id_trade", **attrs})


@pytest.mark.parametrize("value", ["", None, "a", "b", "c", "nothing", '"><script>'])
def test_it_says_what_the_stock_select_says(value):
    quick, stock = shown(QuickSelect, value, disabled=True), shown(forms.Select, value, disabled=True)
    assert parse_html(quick) == parse_html(stock)
    assert re.findall(r'value="(\w*)" selected', quick) == re.findall(r'value="(\w*)" selected', stock)


def test_a_hostile_label_stays_text():
    assert "&lt;焊工&gt;" in shown(QuickSelect, "a")
