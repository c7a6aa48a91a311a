"""The filters of the public list."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.widgets import QuickSelect

from .choices import district_filter, pay_filter, trade_choices


class FilterForm(forms.Form):
    """The list's filters, all in the address. A value that is none of the choices is left out, never an error."""

    q = forms.CharField(required=False, max_length=60)
    trade = forms.ChoiceField(label=gettext_lazy("工种"), required=False, widget=QuickSelect)
    district = forms.ChoiceField(label=gettext_lazy("地点"), required=False, widget=QuickSelect)
    pay = forms.ChoiceField(label=gettext_lazy("每月至少"), required=False, widget=QuickSelect)
    board = forms.BooleanField(label=gettext_lazy("包吃住"), required=False)
    daily = forms.BooleanField(label=gettext_lazy("日结"), required=False)
    sort = forms.ChoiceField(required=False, choices=[("fresh", ""), ("fit", "")])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trade"].choices = trade_choices(_("全部工种"))
        self.fields["district"].choices = district_filter(today)
        self.fields["pay"].choices = pay_filter(get_language())

    def chosen(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
