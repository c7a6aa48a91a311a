"""A broker asks a worker for a mandate: whose, for what, then the code from the worker's phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import SCOPES_FOR_THEM


class MandateRequestForm(forms.Form):
    phone = forms.CharField(label=_("农民工的手机号"), max_length=40, help_text=_("验证码会发到这个手机上"))
    full_name = forms.CharField(label=_("农民工的姓名"), max_length=40)
    scope = forms.MultipleChoiceField(
        label=_("请他委托你办什么"),
        choices=[(scope.value, words) for scope, words in SCOPES_FOR_THEM.items()],
        widget=forms.CheckboxSelectMultiple,
    )


class MandateCodeForm(forms.Form):
    code = forms.CharField(label=_("短信验证码"), max_length=40, help_text=_("请农民工当面念给你，6 位数字"))


class UpdateCodeForm(forms.Form):
    code = forms.CharField(label=_("他收到的验证码"), max_length=40, help_text=_("请他念给你，6 位数字"))


class PaperMandateForm(forms.Form):
    number = forms.CharField(
        label=_("农民工的手机号、身份证号或编号"), max_length=40, help_text=_("要和他登记的一样；每次查找都有记录")
    )
    full_name = forms.CharField(label=_("农民工的姓名"), max_length=40)
    scope = forms.MultipleChoiceField(
        label=_("委托书上写的事"),
        choices=[(scope.value, words) for scope, words in SCOPES_FOR_THEM.items()],
        widget=forms.CheckboxSelectMultiple,
    )
