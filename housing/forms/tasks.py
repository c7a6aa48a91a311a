"""The tasks of an application, one form each; `values()` is what `services.save_task` takes."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workers import id_numbers

from ..enums import Relation, Sex, Work
from ..models import Estate, HouseholdMember, HousingApplication
from ..registry import Known
from . import fields
from .fields import Contract, yuan

EARLIEST = date(1900, 1, 1)


class TaskForm(forms.Form):
    """Starts from what the draft holds, else from what the registry knows, and says where that came from."""

    def __init__(self, *args: Any, draft: HousingApplication, known: dict[str, Known], **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, initial=self.saved(draft), **kwargs)
        for name, value in known.items():
            if name in self.fields and self.initial.get(name) in (None, ""):
                self.initial[name] = value.value
                if value.source:
                    self.fields[name].help_text = _("来自{source}，不对可以改").format(source=value.source)

    def saved(self, draft: HousingApplication) -> dict[str, Any]:
        return {name: getattr(draft, name) for name in self.base_fields if hasattr(draft, name)}

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _past(day: date | None, today: date) -> None:
    if day is not None and not EARLIEST <= day <= today:
        raise forms.ValidationError(_("日期要在今天之前，请检查。"))


class _Dated(TaskForm):
    """A form with a date that cannot lie in the future."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)


def _day(label: Any, *, required: bool, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={"required": _("请填日期。"), "invalid": _("日期不对，比如 1983-03-05。")},
    )


class ApplicantForm(_Dated):
    """The applicant's own age and sex, which decide about age and flat."""

    birth_date = _day(_("你的出生日期"), required=True)
    sex = fields.one_of(_("你的性别"), Sex.choices)

    def clean_birth_date(self) -> date:
        day = self.cleaned_data["birth_date"]
        _past(day, self.today)
        return day


class MemberForm(forms.Form):
    """One more person: three answers, the rest is in the ID number."""

    relation = fields.one_of(_("他（她）是你的"), Relation.choices)
    name = forms.CharField(
        label=_("姓名"),
        max_length=40,
        error_messages={"required": _("请填姓名。"), "max_length": _("姓名最多 40 个字。")},
    )
    id_number = forms.CharField(
        label=_("身份证号"),
        max_length=24,
        help_text=_("孩子的在户口簿上"),
        error_messages={"required": _("请填身份证号。"), "max_length": _("身份证号是 18 位。")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = "".join(self.cleaned_data["name"].split())
        if not all(ch.isalpha() or ch in "·•." for ch in name):
            raise forms.ValidationError(_("姓名里只能有文字。"))
        return name

    def clean_id_number(self) -> str:
        said = id_numbers.read(self.cleaned_data["id_number"])
        if said is None or not EARLIEST <= said.birth_date <= self.today:
            raise forms.ValidationError(_("身份证号不对，请对照证件再看一遍。"))
        return said.number


class WorkForm(TaskForm):
    """Work, and what proves it."""

    work = fields.one_of(_("你的工作"), Work.choices)
    contract_months = fields.one_of(_("劳动合同"), [("", _("请选择")), *Contract.choices], required=False, select=True)
    insurance_months = fields.months(_("社保连续缴了几个月"), _("没有缴就空着"))
    fund_months = fields.months(_("公积金连续缴了几个月"), _("没有缴就空着"))
    residence_months = fields.months(_("在重庆连续住了几个月"))
    is_student = fields.yes_no(_("你有没有在上学"))

    def saved(self, draft: HousingApplication) -> dict[str, Any]:
        student = {None: "", True: "yes", False: "no"}[draft.is_student]
        return super().saved(draft) | {"is_student": student}

    def values(self) -> dict[str, Any]:
        contract = self.cleaned_data["contract_months"]
        return super().values() | {"contract_months": int(contract) if contract else None}


class IncomeForm(TaskForm):
    """Everybody's monthly income on one page."""

    income_fen = fields.YuanField(label=_("你每月收入"), help_text=_("工资、奖金、补贴都算，没有就填 0"))
    income_exempt = forms.BooleanField(label=_("我是引进人才，或市级以上劳动模范"), required=False)

    def __init__(self, *args: Any, members: list[HouseholdMember], names: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.initial["income_fen"] = yuan(self.initial["income_fen"])
        for row in members:
            who = _("{name}（{relation}）每月收入").format(name=names[row.pk], relation=row.get_relation_display())
            self.fields[self._name(row)] = fields.YuanField(label=who)
            self.initial[self._name(row)] = yuan(row.income_fen)
        self.order_fields(["income_fen", *(self._name(row) for row in members), "income_exempt"])

    @staticmethod
    def _name(member: HouseholdMember) -> str:
        return f"member_{member.pk}"

    def members_fen(self) -> dict[int, int]:
        return {row.pk: self.cleaned_data[self._name(row)] for row in self.members}


class HomeForm(_Dated):
    """Homes where one applies: none, too small, or given away lately."""

    home_m2 = fields.square_metres(
        _("你家在申请的地方有多大的住房"), _("全家加起来的建筑面积，没有住房填 0；签了合同没过户的也算")
    )
    transferred_on = _day(_("最近一次转让住房是哪天"), required=False, help_text=_("没有转让过就空着"))
    in_public_housing = forms.BooleanField(label=_("我家现在住公房、廉租房或公租房"), required=False)
    family_can_help = forms.BooleanField(label=_("父母或子女有能力帮我解决住房"), required=False)

    def clean_transferred_on(self) -> date | None:
        day = self.cleaned_data["transferred_on"]
        _past(day, self.today)
        return day


class _EstateField(forms.ModelChoiceField):
    """Estates by name; the page draws the cards with rent and flats itself."""

    def label_from_instance(self, estate: Estate) -> str:
        return estate.name


class WishForm(TaskForm):
    """Which estate, and for a central one at which application point it is handed in."""

    estate = _EstateField(
        label=_("想住哪个小区"),
        queryset=Estate.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("请选一个小区。"), "invalid_choice": _("请选一个小区。")},
    )
    point = fields.one_of(_("在哪个区交申请"), [], required=False, select=True)

    def __init__(
        self, *args: Any, estates: Any, points: list[tuple[str, str]], nearest: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["estate"].queryset = estates
        self.fields["point"].choices = [("", _("小区所在的区")), *points]
        self.fields["point"].help_text = _("只有主城的小区要选：选离你住处或单位近的，初审在那里办。")
        self.initial |= {"estate": self.draft.estate_id, "point": self.draft.point_id or nearest}

    def values(self) -> dict[str, Any]:
        return {"estate": self.cleaned_data["estate"], "point_id": self.cleaned_data["point"] or None}
