"""Asking for an account back after the phone changed, and proving identity."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.crypto import normalise

from .phone import PhoneField

NAME_LENGTH = 40


class IdLast6Field(forms.CharField):
    """The last six characters of an ID number; x counts as X."""

    def __init__(self, **kwargs) -> None:
        attributes = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(
            label=_("身份证号码后六位"),
            max_length=12,
            widget=forms.TextInput(attrs=attributes),
            validators=[RegexValidator(r"\A[0-9]{5}[0-9X]\Z", _("请填写身份证号码的最后六位，例如 01234X。"))],
            **kwargs,
        )

    def to_python(self, value: str) -> str:
        return normalise("id_number", super().to_python(value))


class IdentityForm(forms.Form):
    """Name and last six, as on the ID card."""

    name = forms.CharField(label=_("姓名"), max_length=NAME_LENGTH)
    id_last6 = IdLast6Field()


class RecoverForm(IdentityForm):
    """Who says so, and which number is the new one."""

    old_phone = PhoneField(label=_("原来的手机号"), required=False)
    phone = PhoneField(label=_("新的手机号"))
    note = forms.CharField(
        label=_("还有什么要说明的"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("phone") and cleaned.get("phone") == cleaned.get("old_phone"):
            self.add_error("phone", _("新号码和原来的号码一样。号码没有变，请直接登录。"))
        return cleaned


class DecisionForm(forms.Form):
    """An official's reason."""

    reason = forms.CharField(label=_("核对情况或理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class ApproveForm(DecisionForm):
    """Which account it is, when the old number did not say."""

    account = forms.CharField(
        label=_("原账户的手机号或编号"),
        max_length=40,
        required=False,
        help_text=_("申请人没有填原号码，或没有对上时填写。"),
    )
