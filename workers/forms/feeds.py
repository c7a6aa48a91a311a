"""What an official of the city fills in about a department's file."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Refusal

from ..enums import Source
from ..feeds import receiving
from ..feeds.reading import profiles
from ..precedence import EPOCH


class UploadForm(forms.Form):
    """`refusal` says why a file could not be received, instead of that it is missing."""

    source = forms.TypedChoiceField(label=_("部门"), coerce=lambda value: Source(int(value)))
    observed_on = forms.DateField(
        label=_("数据日期"),
        help_text=_("这批数据反映哪一天的情况。几个部门说法不同时，先看级别，再看这个日期。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = forms.FileField(
        label=_("文件"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.parquet"}),
        help_text=_("Excel（.xlsx）、CSV 或 Parquet，第一行是表头。边传边加密，服务器上不留明文。"),
    )

    def __init__(self, *args: Any, refusal: Refusal | None = None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("请选择"))] + [(int(one), one.label) for one in profiles.NAMES]
        self.fields["observed_on"].initial = today
        self.fields["observed_on"].widget.attrs |= {"min": EPOCH.isoformat(), "max": today.isoformat()}
        if refusal is not None:
            self.fields[receiving.FIELD].error_messages["required"] = refusal.message


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"), min_length=2, max_length=300, widget=forms.Textarea(attrs={"rows": 3, "cols": 28})
    )
