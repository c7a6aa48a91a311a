"""What the steps ask that move no state."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .decisions import REQUIRED, DecisionForm


class Contact(DecisionForm):
    note = forms.CharField(
        label=_("怎么联系的、谈了什么"),
        help_text=_("例如：电话，本人接听，已说明需要的材料。投诉人能看到“已联系”和时间，看不到这段话。"),
        max_length=200,
        error_messages=REQUIRED,
    )


class EndInvestigation(DecisionForm):
    note = forms.CharField(
        label=_("查明了什么"),
        help_text=_("从今天起计算作出决定的期限。投诉人看不到这段话。"),
        max_length=200,
        error_messages=REQUIRED,
    )
