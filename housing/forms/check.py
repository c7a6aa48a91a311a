"""The questions of 先看我符不符合: answered without an account, kept nowhere."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..conditions import years_after
from ..eligibility import Facts, Person
from ..enums import Relation, Sex, Work
from . import fields
from .fields import Contract

MOST_PERSONS = 12
TRANSFERS = [
    ("", _("没有转让过，或 3 年以前")),
    ("0", _("最近 1 年内")),
    ("1", _("1 到 2 年前")),
    ("2", _("2 到 3 年前")),
]


class CheckForm(forms.Form):
    """One short page. `places` are (district code, name) pairs; a code stands for every estate there."""

    place = fields.one_of(_("想住在哪里"), [], select=True)
    age = fields.WholeField(
        label=_("你多大了"),
        min_value=0,
        max_value=120,
        error_messages={
            "required": _("请填年龄。"),
            "invalid": _("请填整数，比如 43。"),
            "min_value": _("请检查年龄。"),
            "max_value": _("请检查年龄。"),
        },
    )
    persons = fields.WholeField(
        label=_("一共几个人住（算上你）"),
        min_value=1,
        max_value=MOST_PERSONS,
        error_messages={
            "required": _("请填人数。"),
            "invalid": _("请填整数，比如 3。"),
            "min_value": _("至少有你 1 个人。"),
            "max_value": _("人数太多，请检查。"),
        },
    )
    parent_and_child = forms.BooleanField(label=_("只有两个人：父亲带女儿，或母亲带儿子"), required=False)
    income = fields.YuanField(label=_("全家每月收入"), help_text=_("工资、奖金、退休金都算，没有就填 0"))
    work = fields.one_of(_("你的工作"), Work.choices)
    insurance_months = fields.months(_("社保连续缴了几个月"), _("没有缴就空着"))
    contract = fields.one_of(_("劳动合同"), [("", _("请选择")), *Contract.choices], required=False, select=True)
    fund_months = fields.months(_("公积金连续缴了几个月"), _("没有缴就空着"))
    residence_months = fields.months(_("在重庆连续住了几个月"))
    home_m2 = fields.square_metres(_("你家在那里的住房面积"), _("全家加起来的建筑面积，没有住房填 0"))
    transferred = fields.one_of(_("在那里转让过住房吗"), TRANSFERS, required=False, select=True)
    is_student = forms.BooleanField(label=_("我是在校学生"), required=False)
    in_public_housing = forms.BooleanField(label=_("我家现在住公房、廉租房或公租房"), required=False)
    family_can_help = forms.BooleanField(label=_("父母或子女有能力帮我解决住房"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], known: dict | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places
        for name, source in (known or {}).items():
            if source:
                self.fields[name].help_text = _("来自{source}，可以改").format(source=source)

    def facts(self, on: date, place: str) -> Facts:
        """The answers as facts; people say their age, so the birthday is taken to be today."""
        said = self.cleaned_data
        pair = said["persons"] == 2 and said["parent_and_child"]
        other = Person(Relation.DAUGHTER, Sex.FEMALE) if pair else Person(Relation.OTHER_RELATIVE, Sex.MALE)
        years_ago = said["transferred"]
        return Facts(
            on=on,
            birth_date=years_after(on, -said["age"]),
            sex=Sex.MALE,
            members=(other,) * (said["persons"] - 1),
            is_student=said["is_student"],
            work=Work(said["work"]),
            contract_months=int(said["contract"] or 0),
            insurance_months=said["insurance_months"] or 0,
            fund_months=said["fund_months"] or 0,
            residence_months=said["residence_months"] or 0,
            income_fen=said["income"],
            home_m2=Decimal(said["home_m2"]),
            transferred_on=years_after(on, -int(years_ago)) if years_ago else None,
            in_public_housing=said["in_public_housing"],
            family_can_help=said["family_can_help"],
            place=place,
        )
