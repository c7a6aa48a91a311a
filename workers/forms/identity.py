"""Name and ID number, asked once."""

from django import forms
from django.utils.translation import gettext_lazy as _


class IdentityForm(forms.Form):
    full_name = forms.CharField(label=_("姓名"), max_length=40, help_text=_("和身份证上一样"))
    id_number = forms.CharField(label=_("身份证号"), max_length=40, help_text=_("只用来核对身份，显示时只露前三位"))
