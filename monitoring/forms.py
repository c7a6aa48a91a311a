"""What an official fills in: the month to build, the reason for a withdrawal, and which draft was looked at."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Refusal

from . import periods
from .models import Report


class BuildForm(forms.Form):
    period = forms.CharField(
        label=_("月份"), max_length=7, help_text=_("写作 2026-10。已发布的月份会生成新的一版，不改旧版。")
    )

    def clean_period(self) -> periods.Period:
        try:
            return periods.parse(self.cleaned_data["period"].strip())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class DecisionForm(forms.Form):
    """Base: a decision knows its report."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report


class PublishForm(DecisionForm):
    """Carries when the draft that the official looks at was built, so that no other numbers go out."""

    built_at = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["built_at"] = self.report.built_at.isoformat()

    def clean_built_at(self) -> datetime:
        try:
            return datetime.fromisoformat(self.cleaned_data["built_at"])
        except ValueError as error:
            raise forms.ValidationError(_("请回到报告页，重新点“发布”。")) from error


class ReasonForm(DecisionForm):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
