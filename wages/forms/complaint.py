"""The complaint, one question per page. Field names are in docs/contract.md."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.phone import CodeField, PhoneField
from core import divisions

from .. import law
from ..enums import Contract, FieldType, Kind, OtherRoute, Request, Sex
from ..models import Draft
from .fields import FilesField, YuanField, month_key, month_label, month_of, months_back

MONTHS_SHOWN = 6
MONTHS_OF_WORK = 36


class StepForm(forms.Form):
    """A page of the draft: `initial_from` reads it, `values` are what it keeps."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    @classmethod
    def initial_from(cls, draft: Draft) -> dict:
        return {name: getattr(draft, name) for name in cls.base_fields if hasattr(draft, name)}

    def values(self) -> dict:
        return self.cleaned_data


class FieldForm(StepForm):
    field_type = forms.ChoiceField(
        label=_("你在哪种地方干活？"),
        choices=FieldType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。")},
    )


class WhereForm(StepForm):
    employer_name = forms.CharField(
        label=_("单位叫什么？"),
        help_text=_("公司名字，或者老板、工头的名字。"),
        max_length=100,
        error_messages={"required": _("请写单位或老板的名字，知道多少写多少。")},
    )
    site_name = forms.CharField(label=_("工地或店叫什么？"), max_length=100, required=False)
    division = forms.ChoiceField(
        label=_("在哪个区县干活？"),
        help_text=_("按干活的地方选，不是老家。"),
        error_messages={"required": _("请选区县。")},
    )
    employer_address = forms.CharField(label=_("单位或工地的地址"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = [("", _("请选择")), *divisions.district_choices(self.today)]


class OwedForm(StepForm):
    owed_months = forms.MultipleChoiceField(
        label=_("欠了你哪几个月的工资？"),
        help_text=_("可以选多个月。"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一个月。")},
    )
    amount = YuanField(label=_("一共欠多少钱？"), help_text=_("大概数也可以。"))

    EARLIER = "earlier"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = months_back(self.today, MONTHS_SHOWN)
        self.fields["owed_months"].choices = [
            *((month_key(m), month_label(m)) for m in months),
            (self.EARLIER, _("还有更早的")),
        ]

    @classmethod
    def initial_from(cls, draft: Draft) -> dict:
        picked = [month_key(day) for day in draft.owed_months]
        return {
            "owed_months": [*picked, cls.EARLIER] if draft.owed_earlier else picked,
            "amount": draft.amount_fen,
        }

    def values(self) -> dict:
        picked = self.cleaned_data["owed_months"]
        return {
            "owed_months": sorted(month_of(key) for key in picked if key != self.EARLIER),
            "owed_earlier": self.EARLIER in picked,
            "amount_fen": self.cleaned_data["amount"],
        }


class WorkForm(StepForm):
    work_from = forms.ChoiceField(label=_("从哪个月开始干？"), error_messages={"required": _("请选一个月份。")})
    work_to = forms.ChoiceField(label=_("干到哪个月？"), error_messages={"required": _("请选一个月份。")})
    contract = forms.ChoiceField(
        label=_("签劳动合同了吗？"),
        choices=Contract.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。不清楚也没关系。")},
    )

    STILL = "still"
    EARLIER = "earlier"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(month_key(m), month_label(m)) for m in months_back(self.today, MONTHS_OF_WORK)]
        self.fields["work_from"].choices = [("", _("请选择")), *months, (self.EARLIER, _("三年以前"))]
        self.fields["work_to"].choices = [("", _("请选择")), (self.STILL, _("现在还在干")), *months]

    @classmethod
    def initial_from(cls, draft: Draft) -> dict:
        if "work" not in draft.steps_done:
            return {}
        return {
            "work_from": month_key(draft.work_from) if draft.work_from else cls.EARLIER,
            "work_to": month_key(draft.work_to) if draft.work_to else cls.STILL,
            "contract": draft.contract,
        }

    def _month(self, name: str) -> date | None:
        key = self.cleaned_data.get(name)
        return None if not key or key in (self.STILL, self.EARLIER) else month_of(key)

    def clean(self) -> dict:
        first, last = self._month("work_from"), self._month("work_to")
        if first and last and last < first:
            self.add_error("work_to", _("结束的月份不能早于开始的月份。"))
        return self.cleaned_data

    def values(self) -> dict:
        return {
            "work_from": self._month("work_from"),
            "work_to": self._month("work_to"),
            "contract": self.cleaned_data["contract"],
        }


class EvidenceForm(StepForm):
    files = FilesField(label=_("照片"), required=False)
    facts = forms.CharField(
        label=_("还想说明什么？"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def initial_from(cls, draft: Draft) -> dict:
        return {"facts": draft.facts.open() if draft.facts else ""}

    def values(self) -> dict:
        return {"facts": self.cleaned_data["facts"] or None}


class YouForm(StepForm):
    ALONE, GROUP = "alone", "group"

    kind = forms.ChoiceField(
        label=_("要不要留姓名？"),
        choices=[(Kind.COMPLAINT, _("我投诉：留姓名，追回我的工资")), (Kind.REPORT, _("我举报：不留姓名，只反映情况"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。")},
    )
    name = forms.CharField(label=_("你的姓名"), max_length=30, required=False, help_text=_("举报可以不填。"))
    confidential = forms.BooleanField(
        label=_("不要让单位知道我的名字"),
        required=False,
        help_text=_("勾了，给单位的文书只写“某某”。举报不用勾，一直保密。"),
    )
    group = forms.ChoiceField(
        label=_("几个人一起？"),
        choices=[(ALONE, _("就我一个人")), (GROUP, _("好几个人，我来代表大家"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。")},
    )
    headcount = forms.IntegerField(
        label=_("一共多少人？"),
        required=False,
        min_value=2,
        max_value=9999,
        error_messages={
            "invalid": _("请填写人数，例如 12。"),
            "min_value": _("好几个人一起，人数至少是 2。"),
            "max_value": _("人数太多了，请核对。"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        many = law.collective(self.today)
        words = _(
            "好几个人一起时填。{people} 人以上请推选 {fewest} 到 {most} 名代表，可以把大家签名的名单拍下来交上来。"
        )
        self.fields["headcount"].help_text = words.format(people=many.people, fewest=many.fewest, most=many.most)

    @classmethod
    def initial_from(cls, draft: Draft) -> dict:
        if "you" not in draft.steps_done:
            return {"kind": Kind.COMPLAINT, "group": cls.ALONE}
        return {
            "kind": draft.kind,
            "name": draft.name.open() if draft.name else "",
            "confidential": draft.confidential,
            "group": cls.GROUP if draft.headcount > 1 else cls.ALONE,
            "headcount": draft.headcount if draft.headcount > 1 else None,
        }

    def clean(self) -> dict:
        data = self.cleaned_data
        if data.get("kind") == Kind.COMPLAINT and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("请写你的姓名；不愿意留姓名，可以选“我举报”。"))
        if data.get("group") == self.GROUP and not data.get("headcount") and "headcount" not in self.errors:
            self.add_error("headcount", _("请写一共多少人。"))
        return data

    def values(self) -> dict:
        data = self.cleaned_data
        named = data["kind"] == Kind.COMPLAINT
        return {
            "kind": data["kind"],
            "name": data["name"] if named else None,
            "confidential": named and data["confidential"],
            "headcount": data["headcount"] if data["group"] == self.GROUP else 1,
        }


class DetailsForm(StepForm):
    """What the law's form also has (实施规定 art. 12) and a person may add; nobody must."""

    requests = forms.MultipleChoiceField(
        label=_("你要求什么？"), choices=Request.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    other_route = forms.ChoiceField(
        label=_("同一件事，仲裁或法院在处理吗？"), choices=OtherRoute.choices, widget=forms.RadioSelect
    )
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, widget=forms.RadioSelect, required=False)
    age = forms.IntegerField(
        label=_("年龄"),
        required=False,
        min_value=14,
        max_value=99,
        error_messages={k: _("年龄应在 14 到 99 之间。") for k in ("invalid", "min_value", "max_value")},
    )
    occupation = forms.CharField(label=_("工种"), max_length=40, required=False)
    address = forms.CharField(label=_("你的住址"), max_length=200, required=False)
    employer_address = forms.CharField(label=_("单位地址"), max_length=200, required=False)
    employer_principal = forms.CharField(label=_("老板或负责人姓名"), max_length=40, required=False)
    employer_principal_title = forms.CharField(label=_("他的职务"), max_length=40, required=False)

    @classmethod
    def initial_from(cls, draft: Draft) -> dict:
        initial = super().initial_from(draft)
        return {
            **initial,
            "address": draft.address.open() if draft.address else "",
            "requests": draft.requests or [Request.WAGES],
        }

    def values(self) -> dict:
        return {**self.cleaned_data, "address": self.cleaned_data["address"] or None}


class CheckForm(forms.Form):
    pledge = forms.BooleanField(
        label=_("我承诺：以上内容属实。虚构事实要承担法律责任。"),
        error_messages={"required": _("请先看一遍内容，再打勾承诺属实。")},
    )
    phone = PhoneField(help_text=_("用来收验证码和办理结果，也用来查进度。"))

    def __init__(self, *args: Any, ask_phone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_phone:
            del self.fields["phone"]


class ResumeForm(forms.Form):
    resume_code = forms.CharField(
        label=_("接着填的码"),
        help_text=_("10 位字母和数字，例如 K7QM-2D9X-4T。大小写都行。"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填写接着填的码。")},
    )


class VerifyForm(forms.Form):
    phone = PhoneField(help_text=_("号码不对可以直接改，再点“重新获取验证码”。"))
    code = CodeField(help_text=_("短信里的 6 位数字，5 分钟内有效。"))
