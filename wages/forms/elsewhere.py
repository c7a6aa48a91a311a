"""What the officials record about a case in another house: days, sums, receipts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PoliceAnswer
from ..offices import office_of
from .decisions import REQUIRED, DecisionForm, _note
from .fields import YuanField

DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=DATE)


class _OnADay(DecisionForm):
    """Filled with today, because most is recorded on the day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.today


class ReferArbitration(DecisionForm):
    commission = forms.CharField(label=_("仲裁委员会"), max_length=100)
    fast = forms.BooleanField(label=_("走速裁庭（欠薪争议快立、快审、快结）"), required=False)
    note = _note(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commission"].initial = office_of(self.case.division).arbitration


class Applied(_OnADay):
    on = _day(_("仲裁委收到申请的日期"), _("从第二天起 5 个工作日内应答复是否受理。"))


class Accepted(_OnADay):
    on = _day(_("仲裁委受理的日期"))


class Refused(_OnADay):
    on = _day(_("不予受理的日期"))
    note = forms.CharField(label=_("仲裁委写明的理由"), max_length=200, error_messages=REQUIRED)


class Served(_OnADay):
    on = _day(_("单位收到申请书副本的日期"), _("从第二天起 10 个工作日内提交答辩书。"))


class Defended(_OnADay):
    on = _day(_("收到答辩书的日期"))


class Hearing(_OnADay):
    on = _day(_("书面通知双方的日期"), _("最迟在开庭 5 个工作日前，系统会核对。"))
    hearing_on = _day(_("开庭日期"))


class MediationBegins(_OnADay):
    on = _day(_("开始调解的日期"), _("15 日内达不成协议的，继续仲裁。"))


class ExtendAward(_OnADay):
    on = _day(_("仲裁委主任批准的日期"))
    note = forms.CharField(label=_("延期的理由"), max_length=200, error_messages=REQUIRED)


class Provisional(_OnADay):
    on = _day(_("裁决先予执行的日期"))
    amount_fen = YuanField(label=_("先予执行的金额（元）"))


class Award(_OnADay):
    on = _day(_("当事人收到裁决书的日期"), _("起诉期限 15 日从第二天起算。"))
    amount_fen = YuanField(label=_("裁决支付的总额（元）"))
    person_fen = YuanField(
        label=_("其中一个人最多多少（元）"),
        help_text=_("只有一个人的，和总额一样。不超过 12 个月最低工资的是终局裁决。"),
    )


class Mediated(_OnADay):
    on = _day(_("双方收到调解书的日期"))
    amount_fen = YuanField(label=_("协议支付的总额（元）"))


class Sued(_OnADay):
    on = _day(_("起诉的日期"))
    court = forms.CharField(label=_("法院"), max_length=60)


class TakeBack(DecisionForm):
    note = forms.CharField(
        label=_("为什么收回办理"),
        help_text=_("已立案的，期限接着算；没有受理过的，重新答复是否受理。"),
        max_length=200,
        error_messages=REQUIRED,
    )


class Demand(DecisionForm):
    served_on = _day(_("处理决定书送达的日期"), _("复议、起诉的期限从这天算。"))
    demanded_on = _day(_("催告书送达的日期"))


class Enforce(DecisionForm):
    court = forms.CharField(label=_("受理法院"), max_length=60)
    late_reason = forms.CharField(label=_("逾期申请的正当理由（没有逾期就空着）"), max_length=200, required=False)


class ReferPolice(DecisionForm):
    station = forms.CharField(label=_("移送给哪个公安机关"), max_length=100)
    note = _note(required=True)


class PoliceReceipt(_OnADay):
    on = _day(_("公安签收的日期"))
    number = forms.CharField(label=_("回执编号"), max_length=40)


class PoliceSaid(_OnADay):
    on = _day(_("公安答复的日期"))
    answer = forms.ChoiceField(label=_("公安的答复"), choices=[("", _("请选择")), *PoliceAnswer.choices])
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
