"""What an official fills in: the month to build, and the reason for a withdrawal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Refusal

from . import periods


class BuildForm(forms.Form):
    period = forms.CharField(
        label=_("月份"), max_length=7, help_text=_("写作 2026-10。已发布的月份会生成新的一版，不改旧版。")
    )

    def clean_period(self) -> periods.Period:
        try:
            return periods.parse(self.cleaned_data["period"].strip())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
