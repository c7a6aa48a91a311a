"""The filters of the public list."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import divisions
from core.widgets import QuickSelect

from .choices import trade_choices

PAY_STEPS_YUAN = (3_000, 4_000, 5_000, 6_000, 8_000, 10_000)


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
        self.fields["trade"].choices = [("", _("全部工种")), *trade_choices()]
        self.fields["district"].choices = [("", _("全市")), *divisions.district_choices(today)]
        steps = [(str(yuan), _("¥{yuan:,} 以上").format(yuan=yuan)) for yuan in PAY_STEPS_YUAN]
        self.fields["pay"].choices = [("", _("不限")), *steps]

    def chosen(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
