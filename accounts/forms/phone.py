"""A phone number, its code, and the question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Refusal

from .. import phones


class PhoneField(forms.CharField):
    """A mainland mobile number in any spelling; the cleaned value has eleven digits."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"label": _("手机号"), "max_length": phones.LONGEST_TYPED, **kwargs})
        self.error_messages["required"] = _("请填写手机号。")

    def clean(self, value: str) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return phones.clean(typed)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class PhoneForm(forms.Form):
    phone = PhoneField()


class CodeField(forms.CharField):
    """Six digits from a text message, spaces and full-width digits forgiven."""

    def __init__(self, **kwargs) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
        super().__init__(**{"label": _("验证码"), "max_length": 20, "widget": widget, **kwargs})
        self.error_messages["required"] = _("请填写短信里的 6 位数字。")


class CodeForm(forms.Form):
    code = CodeField()


class QuestionForm(forms.Form):
    answer = forms.CharField(
        label=_("答案"), max_length=10, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
