"""Asking for an account back after the phone changed, and proving identity."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.calendar import local_day
from core.crypto import normalise
from core.divisions import CITY, district_choices

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
    """Who says so, whose office looks at it, and which number is the new one."""

    district = forms.ChoiceField(
        label=_("在哪个区县登记或工作"), error_messages={"required": _("请选一个区县，由那里的工作人员办理。")}
    )
    old_phone = PhoneField(label=_("原来的手机号"), required=False)
    phone = PhoneField(label=_("新的手机号"))
    note = forms.CharField(
        label=_("还有什么要说明的"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = district_choices(local_day(timezone.now()))
        self.fields["district"].choices = [("", _("请选择")), *districts, (CITY, _("不在重庆市内（市级办理）"))]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("phone") and cleaned.get("phone") == cleaned.get("old_phone"):
            self.add_error("phone", _("新号码和原来的号码一样。号码没有变，请直接登录。"))
        return cleaned


class DecisionForm(forms.Form):
    """An official's reason."""

    reason = forms.CharField(label=_("核对情况或理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class ProposeForm(DecisionForm):
    """Which account it is, when the old number did not say, and how that was found out."""

    account = forms.CharField(
        label=_("原账户的手机号或编号"),
        max_length=40,
        required=False,
        help_text=_("没有对上或对错了账户时填写；不填就是上面对上的账户。"),
    )
