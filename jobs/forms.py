"""What people type about jobs: the list's filters, a vacancy's notice, a reason."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import divisions
from core.models import Division
from employers.enums import EmployerState
from employers.models import Employer
from workers.code_lists import TRADES

from . import wording
from .enums import Benefit
from .models import Vacancy
from .services.vacancies import CHECKED_TEXTS

PAY_STEPS_YUAN = (3_000, 4_000, 5_000, 6_000, 8_000, 10_000)
HIGHEST_PAY_YUAN = 1_000_000


def trade_choices() -> list[tuple[str, Any]]:
    """Trades under the industry they belong to, so that a long list can be read."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in TRADES.values():
        groups.setdefault(str(entry.industry.label), []).append((entry.code, entry.label))
    return list(groups.items())


class FilterForm(forms.Form):
    """The list's filters, all in the address. A value that is none of the choices is left out, never an error."""

    q = forms.CharField(required=False, max_length=60)
    trade = forms.ChoiceField(label=gettext_lazy("工种"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("地点"), required=False)
    pay = forms.ChoiceField(label=gettext_lazy("每月至少"), required=False)
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


class VacancyForm(forms.ModelForm):
    """The job notice as a broker registers it; discriminating words are refused at their field."""

    division = forms.ChoiceField(label=gettext_lazy("工作地点"))
    pay_min = forms.DecimalField(
        label=gettext_lazy("最低工资"), min_value=1, max_value=HIGHEST_PAY_YUAN, decimal_places=2
    )
    pay_max = forms.DecimalField(
        label=gettext_lazy("最高工资"), min_value=1, max_value=HIGHEST_PAY_YUAN, decimal_places=2
    )
    benefits = forms.MultipleChoiceField(
        label=gettext_lazy("待遇"), choices=Benefit.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Vacancy
        fields = [
            "employer",
            "employer_profile",
            "title",
            "trade",
            "headcount",
            "requirements",
            "skill_level",
            "duties",
            "starts_on",
            "address",
            "pay_unit",
            "pay_cycle",
            "pay_day",
            "benefits",
            "expires_on",
        ]
        help_texts = {
            "employer_profile": gettext_lazy("做什么的、有多少人、成立多久。"),
            "requirements": gettext_lazy("只写干这个活需要的条件。不得限定性别、民族、婚育、户籍等。"),
            "duties": gettext_lazy("每天做什么、几点上下班、怎么休息。"),
            "skill_level": gettext_lazy("没有要求就不选。"),
            "pay_day": gettext_lazy("月结必填，1 到 31。"),
            "expires_on": gettext_lazy("最长 90 天，到期可以重新登记。"),
        }
        widgets = {
            "employer_profile": forms.Textarea(attrs={"rows": 2}),
            "requirements": forms.Textarea(attrs={"rows": 3}),
            "duties": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers = Employer.objects.visible_to(user).exclude(state=EmployerState.REFUSED).order_by("name", "pk")
        self.fields["employer"].queryset = employers
        self.fields["employer"].empty_label = _("请选择")
        self.fields["trade"].choices = [("", _("请选择")), *trade_choices()]
        self.fields["skill_level"].choices = [("", _("不要求")), *self.fields["skill_level"].choices[1:]]
        self.fields["division"].choices = [("", _("请选择")), *places_for(user, today)]
        for field in self.fields.values():
            field.error_messages["required"] = _("请填写“{label}”。").format(label=field.label)
        if self.instance.pk:
            self.initial |= {
                "division": self.instance.division_id,
                "pay_min": self.instance.pay_min_fen / 100,
                "pay_max": self.instance.pay_max_fen / 100,
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        texts = {name: data[name] for name in CHECKED_TEXTS if data.get(name)}
        for name, found in wording.findings_by_field(texts).items():
            for finding in found:
                self.add_error(name, finding.reason)
        if data.get("pay_min") and data.get("pay_max") and data["pay_min"] > data["pay_max"]:
            self.add_error("pay_max", _("最高工资不能低于最低工资。"))
        return data

    def _post_clean(self) -> None:
        """Constraints are checked on the values as the service will store them."""
        data = self.cleaned_data
        if data.get("pay_min") and data.get("pay_max"):
            self.instance.pay_min_fen = round(data["pay_min"] * 100)
            self.instance.pay_max_fen = round(data["pay_max"] * 100)
        self.instance.division_id = data.get("division") or None
        super()._post_clean()

    def values(self) -> dict[str, Any]:
        """The model's fields, money in 分."""
        data = dict(self.cleaned_data)
        data["pay_min_fen"] = round(data.pop("pay_min") * 100)
        data["pay_max_fen"] = round(data.pop("pay_max") * 100)
        data["division"] = Division.objects.get(code=data["division"])
        return data


def places_for(user: Any, today: date) -> list[tuple[str, Any]]:
    """The townships of a broker's districts, by district; the whole city's districts for everybody else's work."""
    own = sorted({prefix[:6] for prefix in user.jurisdiction_prefixes() if len(prefix) >= 6})
    groups = [
        (divisions.name_of(code), [(row.code, row.name) for row in Division.objects.townships(code, today)])
        for code in own
    ]
    others = [row for row in divisions.district_choices(today) if row[0] not in own]
    return [*groups, *[(_("其他区县"), others)]] if groups else others


class ReasonForm(forms.Form):
    """Why something is refused or closed; the people concerned read it."""

    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明原因。")},
    )
