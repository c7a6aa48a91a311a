"""What officials fill in."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Refusal
from workers.feeds import receiving

from .enums import BondTerms, FactKind, FileKind, Teller
from .services.rules import MOST_MONTHS


class UploadForm(forms.Form):
    """`refusal` says why a file could not be received, instead of that it is missing."""

    kind = forms.ChoiceField(label=_("内容"), choices=[("", _("请选择")), *FileKind.choices])
    teller = forms.TypedChoiceField(
        label=_("谁报的"),
        coerce=lambda value: Teller(int(value)),
        choices=[("", _("请选择")), *Teller.choices],
        help_text=_("同一个人同一个月，银行和施工单位说法不同时，以银行的为准。"),
    )
    file = forms.FileField(
        label=_("文件"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.parquet"}),
        help_text=_("Excel（.xlsx）、CSV 或 Parquet，第一行是表头。一个文件可以有多个工程、多个月份。"),
    )

    def __init__(self, *args: Any, refusal: Refusal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if refusal is not None:
            self.fields[receiving.FIELD].error_messages["required"] = refusal.message


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("说明"), min_length=2, max_length=200, widget=forms.Textarea(attrs={"rows": 3, "cols": 28})
    )


class TrialForm(forms.Form):
    months = forms.IntegerField(
        label=_("试算过去几个月"), min_value=1, max_value=MOST_MONTHS, initial=6, help_text=_("最多 12 个月。")
    )


class FactForm(forms.Form):
    """One fact about a project; the sum is typed in yuan."""

    kind = forms.ChoiceField(label=_("事项"), choices=[("", _("请选择")), *FactKind.choices])
    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    yuan = forms.DecimalField(
        label=_("金额（元，选填）"),
        min_value=Decimal(0),
        max_digits=15,
        decimal_places=2,
        required=False,
        help_text=_("合同、保证金要填。"),
    )
    terms = forms.ChoiceField(
        label=_("减免情形（选填）"), choices=[("", _("不减免")), *BondTerms.choices], required=False
    )
    note = forms.CharField(label=_("说明（选填）"), max_length=100, required=False, help_text=_("例如开户银行。"))
    source = forms.CharField(label=_("依据"), max_length=100, help_text=_("例如合同编号、银行回单、现场检查记录。"))
    evidence = forms.FileField(label=_("凭证（选填）"), required=False, help_text=_("照片或 PDF。"))

    def clean(self) -> dict:
        said = super().clean()
        yuan = said.pop("yuan", None)
        said["fen"] = int(yuan * 100) if yuan is not None else None
        return said

    def add_error(self, field: str | None, error: Any) -> None:
        """The service speaks of fen."""
        super().add_error("yuan" if field == "fen" else field, error)
