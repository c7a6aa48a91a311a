"""A vacancy's notice as a broker writes it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Refusal
from core.models import Division
from core.widgets import QuickSelect
from employers.forms import EmployerByCode
from employers.models import Employer

from .. import limits, wording
from ..enums import Benefit
from ..models import Vacancy
from ..services.vacancies import CHECKED_TEXTS, refuse_unverifiable, refuse_wrong_end
from .choices import places_for, trade_choices

HIGHEST_PAY_YUAN = 1_000_000


class VacancyForm(forms.ModelForm):
    """The job notice as a broker registers it; discriminating words are refused at their field."""

    employer = EmployerByCode()
    division = forms.ChoiceField(label=gettext_lazy("工作地点"), widget=QuickSelect)
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
        }
        widgets = {
            "employer_profile": forms.Textarea(attrs={"rows": 2}),
            "requirements": forms.Textarea(attrs={"rows": 3}),
            "duties": forms.Textarea(attrs={"rows": 4}),
            "trade": QuickSelect,
        }

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["employer"].queryset = Employer.objects.visible_to(user)
        self.fields["expires_on"].help_text = _("最长 {days} 天，到期可以重新登记。").format(
            days=limits.on(today).vacancy_days
        )
        self.fields["trade"].choices = trade_choices(_("请选择"))
        self.fields["skill_level"].choices = [("", _("不要求")), *self.fields["skill_level"].choices[1:]]
        self.fields["division"].choices = [("", _("请选择")), *places_for(user, today)]
        for field in self.fields.values():
            field.error_messages["required"] = _("请填写“{label}”。").format(label=field.label)
        if self.instance.pk:
            self.initial |= {
                "employer": self.instance.employer.uscc,
                "division": self.instance.division_id,
                "pay_min": self.instance.pay_min_fen / 100,
                "pay_max": self.instance.pay_max_fen / 100,
            }

    def clean_employer(self) -> Employer:
        return self._allowed("employer", refuse_unverifiable)

    def clean_expires_on(self) -> date:
        return self._allowed("expires_on", partial(refuse_wrong_end, today=self.today))

    def _allowed(self, name: str, rule: Callable[[Any], None]) -> Any:
        """What the service would refuse after the check page is said before it."""
        try:
            rule(self.cleaned_data[name])
        except Refusal as no:
            raise forms.ValidationError(no.message) from no
        return self.cleaned_data[name]

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
