"""What a decision asks of the official; common wordings can be picked and added to."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.divisions import CITY, district_choices

from .. import law
from ..enums import TransferTarget
from ..models import Case
from .fields import YuanField

REQUIRED = {"required": _("请写明理由。")}


class DecisionForm(forms.Form):
    """Knows its case, who decides and when; `arguments` are what the service takes."""

    def __init__(self, *args: Any, case: Case, user: Any, today: date, **kwargs: Any) -> None:
        self.case, self.user, self.today = case, user, today
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def arguments(self) -> dict:
        return self.cleaned_data


IN_THE_LETTER = _("说明（写进文书，投诉人会看到）")


def _note(label: Any = IN_THE_LETTER, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        error_messages=REQUIRED,
    )


class Note(DecisionForm):
    note = _note(required=False)


class Reasoned(DecisionForm):
    note = _note(required=True)


class _WithWordings(DecisionForm):
    """Picked wordings stand before what was typed; at least one of the two."""

    WORDINGS: tuple = ()
    into = "note"

    wordings = forms.MultipleChoiceField(
        label=_("常用语（可多选）"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = _note(_("补充说明"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wordings"].choices = [(str(n), words) for n, words in enumerate(self.WORDINGS)]

    def clean(self) -> dict:
        picked = [str(self.WORDINGS[int(n)]) for n in self.cleaned_data.get("wordings", [])]
        text = "\n".join([*picked, self.cleaned_data.get("note") or ""]).strip()
        if not text and "note" not in self.errors:
            self.add_error("note", _("请选一句常用语，或写明理由。"))
        self.cleaned_data["text"] = text
        return self.cleaned_data

    def arguments(self) -> dict:
        return {self.into: self.cleaned_data["text"]}


class Supplement(_WithWordings):
    WORDINGS = (
        _("用人单位的全称，或工地告示牌、工牌、工资条的照片。"),
        _("单位或工地的详细地址。"),
        _("能说明欠薪的材料：欠条、考勤、工资条、转账或聊天记录的照片。"),
        _("欠薪的月份和金额是怎么算的。"),
        _("集体投诉的人员名单（姓名、欠薪金额、本人签名）。"),
    )


class Extend(_WithWordings):
    into = "reason"
    WORDINGS = (
        _("涉及人数多、工程分包层级多，需要逐一核对用工和工资台账。"),
        _("用人单位拒不提供资料，需要向银行、住建等部门调取证据。"),
        _("用人单位负责人下落不明，需要进一步查找。"),
    )


class Transfer(DecisionForm):
    target = forms.ChoiceField(label=_("转送给"), choices=[("", _("请选择")), *TransferTarget.choices])
    note = _note(required=False)


class HandOver(DecisionForm):
    district = forms.ChoiceField(label=_("移交给哪个区县"), help_text=_("编号不变，期限接着算，不重新计算。"))
    note = _note(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(code, name) for code, name in district_choices(self.today) if code != self.case.district]
        self.fields["district"].choices = [("", _("请选择")), *others]


class Refuse(DecisionForm):
    ground = forms.ChoiceField(label=_("理由"))
    note = _note(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", _("请选择")), *law.grounds(self.today).items()]


class Investigate(DecisionForm):
    second_inspector = forms.ModelChoiceField(
        label=_("另一名监察员"),
        queryset=User.objects.none(),
        help_text=_("调查不得少于两名监察员（监察条例第十六条）；须有管辖权、没有回避，且不是承办人本人。"),
        error_messages={"required": _("请选另一名监察员。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = self.case.assignee_id or self.user.pk
        others = handlers_of([self.case.seat]).exclude(pk__in=self.case.recusals.values("official"))
        self.fields["second_inspector"].queryset = others.exclude(pk=first)


class NameInspector(Investigate):
    """Another one, for who stepped aside or left."""


class Order(DecisionForm):
    amount_fen = YuanField(label=_("应支付金额（元）"))
    pay_by = forms.DateField(label=_("限期支付日"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    note = _note(required=False)


class ProposeDecision(DecisionForm):
    amount_fen = YuanField(label=_("应支付金额（元）"))
    extra_percent = forms.IntegerField(label=_("加付赔偿金（%）"), required=False, min_value=1, max_value=1000)
    reason = _note(_("事实和理由（写进决定书，须另一名工作人员审批）"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extra = law.extra_pay(self.today)
        words = _("逾期不支付的，{least} 到 {most}（监察条例第二十六条）；不加付就空着。")
        self.fields["extra_percent"].help_text = words.format(least=extra.least, most=extra.most)


class Assign(DecisionForm):
    to = forms.ModelChoiceField(label=_("承办人"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handlers_of([self.case.seat])


class Recuse(DecisionForm):
    reason = forms.CharField(label=_("回避理由"), max_length=200, error_messages=REQUIRED)


class Reveal(forms.Form):
    reason = forms.CharField(
        label=_("为什么要看完整号码"),
        max_length=200,
        error_messages=REQUIRED,
        help_text=_("理由会记入审计，投诉人可以查问。"),
    )


class Reject(forms.Form):
    reason = forms.CharField(label=_("不批准的理由"), max_length=200, error_messages=REQUIRED)


def handlers_of(divisions: list[str]):
    """Officials in whose jurisdiction one of the divisions lies."""
    codes = {code[:end] for code in divisions for end in (6, 9, 12)} | {CITY}
    officials = User.objects.filter(role="official", is_active=True, is_staff=True)
    return officials.filter(Q(jurisdictions__code__in=codes)).distinct().order_by("display_name", "pk")


class BulkAssign(forms.Form):
    to = forms.ModelChoiceField(label=_("承办人"), queryset=User.objects.none())

    def __init__(self, *args: Any, divisions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handlers_of(divisions)
