"""Asking for a case's progress, and proving that one may act in it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.phone import CodeField, PhoneField

from ..marks import read_case_number, read_wage_code
from ..receipts import read_code
from .fields import FilesField


class StatusForm(forms.Form):
    number = forms.CharField(
        label=_("投诉编号"),
        help_text=_("在回执或短信里，例如 CQ-2026-118204。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填写投诉编号。")},
    )
    phone_last4 = forms.CharField(
        label=_("手机号后四位"),
        max_length=8,
        error_messages={"required": _("请填写手机号的后四位。")},
    )

    def clean_number(self) -> str:
        number = read_case_number(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(_("编号的样子是 CQ、四位年份和六位数字，例如 CQ-2026-118204。"))
        return number

    def clean_phone_last4(self) -> str:
        digits = re.sub(r"\s", "", self.cleaned_data["phone_last4"])
        if not re.fullmatch(r"[0-9]{4}", digits):
            raise forms.ValidationError(_("请填写四位数字。"))
        return digits


class ProofForm(forms.Form):
    """A receipt on paper: its number and the eight characters beside it."""

    number = StatusForm.base_fields["number"]
    code = forms.CharField(
        label=_("校验码"),
        help_text=_("回执上的 8 位，例如 K7QM-2D9X。大小写都行，0 和 O、1 和 I 不用分。"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填写校验码。")},
    )

    clean_number = StatusForm.clean_number

    def clean_code(self) -> str:
        if not read_code(self.cleaned_data["code"]):
            raise forms.ValidationError(_("校验码是 8 位字母和数字，例如 K7QM-2D9X。"))
        return self.cleaned_data["code"]


class ByCodeForm(forms.Form):
    """The whole phone and a code instead of four digits."""

    number = StatusForm.base_fields["number"]
    phone = PhoneField(help_text=_("投诉时留的手机号，用来收验证码。"))
    code = CodeField(help_text=_("短信里的 6 位数字，5 分钟内有效。"))

    clean_number = StatusForm.clean_number


class CodeLookupForm(forms.Form):
    code = forms.CharField(
        label=_("工地告示牌上的渝薪码"),
        max_length=40,
        error_messages={"required": _("请填写渝薪码。")},
    )

    def clean_code(self) -> str:
        code = read_wage_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("没有这个渝薪码，请照告示牌再核对一遍；没有码也可以直接投诉。"))
        return code


class ProveForm(forms.Form):
    code = CodeField(help_text=_("短信里的 6 位数字，5 分钟内有效。"))


class SupplyForm(forms.Form):
    files = FilesField(label=_("照片"), required=False)
    words = forms.CharField(
        label=_("补充说明"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
