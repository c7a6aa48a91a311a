"""What an official writes down after looking at a mandate on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ClaimForm(forms.Form):
    reason = forms.CharField(
        label=_("怎么核对的、为什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 28}),
        help_text=_("比如：签名与身份证姓名一致，已打电话问过本人。不通过的理由经纪人能看到；不要写号码。"),
    )
