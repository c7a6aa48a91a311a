"""Every component in all its states, for whoever builds or reviews a page. Exists only with DEBUG."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.pagination import Page
from portal import styleguide_samples as samples


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=30)
    phone = forms.CharField(label="手机号", help_text="办理结果会发短信到这个号码。", max_length=20)
    amount = forms.DecimalField(label="一共欠多少钱？", help_text="大概数也可以。", required=False)
    since = forms.DateField(label="从哪天开始欠？")
    trade = forms.ChoiceField(label="工种", choices=[("", "请选择"), ("1", "电工"), ("2", "钢筋工")])
    months = forms.MultipleChoiceField(
        label="欠了哪几个月的工资？",
        help_text="可以选多个月。",
        choices=[("8", "2026 年 8 月"), ("9", "2026 年 9 月"), ("10", "2026 年 10 月")],
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label="你在工地做什么？", choices=[("w", "工人"), ("l", "带班")], widget=forms.RadioSelect, required=False
    )
    story = forms.CharField(label="还想说明什么？", widget=forms.Textarea, required=False, max_length=500)
    agreed = forms.BooleanField(label="我说的都是真的")


def _forms() -> dict[str, forms.Form]:
    filled = {"name": "王伟", "months": ["8", "9"], "kind": "w", "trade": "1"}
    return {
        "plain": SampleForm(initial=filled, prefix="plain"),
        "wrong": SampleForm({"wrong-phone": "138"}, prefix="wrong"),
    }


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    context = {
        **_forms(),
        **samples.ALL,
        "day": date(2026, 11, 27),
        "page": Page(items=[], next_cursor="x", previous_cursor="y"),
    }
    return render(request, "styleguide.html", context)
