"""The quick select says what Django's says."""

import re

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from core.widgets import FixedChoices, QuickSelect

CHOICES = [("", "请选择"), ("建筑 & 装修", [("a", "电工"), ("b", "<焊工>")]), ("c", '带"引号')]


def shown(widget, value, **attrs):
    field = forms.ChoiceField(choices=CHOICES, widget=widget)
    return field.widget.render("trade", value, attrs={"id": "id_trade", **attrs})


@pytest.mark.parametrize("value", ["", None, "a", "b", "c", "nothing", '"><script>'])
def test_it_says_what_the_stock_select_says(value):
    quick, stock = shown(QuickSelect, value, disabled=True), shown(forms.Select, value, disabled=True)
    assert parse_html(quick) == parse_html(stock)
    assert re.findall(r'value="(\w*)" selected', quick) == re.findall(r'value="(\w*)" selected', stock)


def test_a_hostile_label_stays_text_also_after_a_safe_one_of_the_same_letters():
    for label, said in ((mark_safe("<焊工>"), "<焊工>"), ("<焊工>", "&lt;焊工&gt;")):
        assert f">{said}</option>" in QuickSelect(choices=[("b", label)]).render("trade", "")


def test_ready_choices_are_shared_by_all_forms_and_still_checked():
    class Form(forms.Form):
        trade = forms.ChoiceField(choices=FixedChoices(CHOICES), widget=QuickSelect)

    first, second = Form({"trade": "a"}), Form({"trade": "wizard"})
    assert first.fields["trade"].choices is second.fields["trade"].choices
    assert (first.is_valid(), second.is_valid()) == (True, False)
