"""A plain input drawn at once says what Django's templates say, letter by letter."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from core.form_renderer import Renderer

WIDGETS = [
    forms.TextInput,
    forms.HiddenInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.TelInput,
    forms.SearchInput,
    forms.ColorInput,
    forms.PasswordInput,
    forms.DateInput,
    forms.DateTimeInput,
    forms.TimeInput,
]
VALUES = [
    None,
    "",
    0,
    7,
    "王伟",
    '"><script>alert(1)</script>',
    "a & 'b'",
    mark_safe("&lt;known&gt;"),
    gettext_lazy("姓名"),
]
ATTRS = [
    {},
    {"class": "input input--short", "maxlength": 40, "autofocus": True, "disabled": False},
    {
        "data-said": '"><img>',
        "placeholder": gettext_lazy("请填写"),
        "aria-describedby": mark_safe("a&amp;b"),
        "x": None,
    },
]


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("attrs", ATTRS)
def test_it_says_what_the_templates_say(widget, attrs):
    for value in VALUES:
        ours, stock = (widget().render("who<", value, attrs, renderer) for renderer in (Renderer(), TemplatesSetting()))
        assert ours == stock


def test_a_hostile_value_stays_text():
    assert "<script>" not in forms.TextInput().render("name", '"><script>', {}, Renderer())


def test_other_widgets_are_drawn_by_their_templates():
    for widget in (forms.Textarea(), forms.CheckboxInput(), forms.Select(choices=[("a", "<甲>")])):
        assert widget.render("name", "a", {}, Renderer()) == widget.render("name", "a", {}, TemplatesSetting())
