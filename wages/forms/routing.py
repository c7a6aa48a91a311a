"""A routing rule as it is proposed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.divisions import CITY, district_choices

from ..enums import FieldType, Kind, Strategy
from ..models.routing import EMPLOYER_KINDS
from .fields import YuanField

ANY = [("", _("不限"))]
_DATE = {"type": "date"}


class ProposeRule(forms.Form):
    """What is left open fits every case."""

    title = forms.CharField(label=_("名称"), max_length=60, help_text=_("例如：十人以上的案件归市级。"))
    order = forms.IntegerField(
        label=_("顺序"), min_value=0, max_value=999, help_text=_("小的先看；第一条符合的规则算数。")
    )
    kind = forms.ChoiceField(label=_("类别"), choices=[*ANY, *Kind.choices], required=False)
    field_type = forms.ChoiceField(label=_("领域"), choices=[*ANY, *FieldType.choices], required=False)
    place = forms.RegexField(
        label=_("用工地（区划代码开头）"),
        regex=r"^50\d{0,10}$",
        required=False,
        help_text=_("例如 500116 是江津区；空着是全市。"),
        error_messages={"invalid": _("区划代码以 50 开头，只写数字。")},
    )
    employer_kind = forms.ChoiceField(label=_("单位"), choices=[*ANY, *EMPLOYER_KINDS], required=False)
    amount_from_fen = YuanField(label=_("金额不少于（元）"), required=False)
    headcount_from = forms.IntegerField(label=_("人数不少于"), min_value=1, max_value=100_000, required=False)
    office = forms.ChoiceField(label=_("交给"), required=False)
    strategy = forms.ChoiceField(label=_("承办人"), choices=Strategy.choices, required=False)
    valid_from = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(format="%Y-%m-%d", attrs=_DATE))
    valid_to = forms.DateField(
        label=_("到哪天止（不定就空着）"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=_DATE)
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["office"].choices = [("", _("用工地的区县")), (CITY, _("市级")), *district_choices(today)]
        self.fields["valid_from"].initial = today

    def clean(self) -> dict:
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("起止日期颠倒了。"))
        return self.cleaned_data
