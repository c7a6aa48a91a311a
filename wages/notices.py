"""The sentences that people receive. An SMS keeps 70 characters, so the number and the point come first."""

from django.utils.translation import gettext as _

from core.templatetags.ui import cn_date, fen

from .enums import CaseState, Rung
from .models import Alarm, Case, Payment
from .offices import office_of

STATUS_PATH = "/wages/status/"


def _short(day) -> str:
    return f"{day.month}月{day.day}日"


def filed(case: Case) -> str:
    return _("投诉{number}已收到。{by}前答复是否受理。查进度：渝工通“查进度”，编号加手机后四位。").format(
        number=case.number, by=_short(case.accept_by)
    )


def supplement_requested(case: Case) -> str:
    return _("投诉{number}还缺材料，请到渝工通“查进度”查看并补充，补好后继续办理。").format(number=case.number)


def accepted(case: Case) -> str:
    return _("投诉{number}已受理立案，最迟{by}办完。查进度：渝工通“查进度”。").format(
        number=case.number, by=cn_date(case.close_by).split(" ")[0]
    )


def transferred(case: Case) -> str:
    return _("投诉{number}已转送{target}，由其答复你。详见渝工通“查进度”。").format(
        number=case.number, target=case.transfer_target
    )


def handed_over(case: Case) -> str:
    clock = _("{by}前答复").format(by=_short(case.due_on)) if case.due_on else _("请按通知补充材料")
    return _("投诉{number}已移交{office}办理，编号不变，{clock}。").format(
        number=case.number, office=office_of(case.seat).name, clock=clock
    )


def outside_asked(case: Case) -> str:
    if case.outside is None:
        return outside_returned(case)
    return _("投诉{number}已请{place}协助，编号和期限不变，仍由{office}负责。").format(
        number=case.number, place=case.outside.name, office=office_of(case.seat).name
    )


def outside_returned(case: Case) -> str:
    return _("投诉{number}：市外办事处已交回，{office}接着办。详见渝工通“查进度”。").format(
        number=case.number, office=office_of(case.seat).name
    )


def transfer_answered(case: Case) -> str:
    if case.state == CaseState.SUBMITTED:
        return _("投诉{number}：接收部门说不归它管，已退回，{by}前答复是否受理。").format(
            number=case.number, by=_short(case.accept_by)
        )
    return _("投诉{number}：{target}有了答复，请到渝工通“查进度”看。").format(
        number=case.number, target=case.transfer_target
    )


def refused(case: Case) -> str:
    return _("投诉{number}不予受理，理由和还能走的路见渝工通“查进度”。").format(number=case.number)


def ordered(case: Case) -> str:
    return _("投诉{number}：已责令单位在{by}前付清。收到钱后请到“查进度”确认。").format(
        number=case.number, by=_short(case.pay_by)
    )


def decided(case: Case) -> str:
    return _("投诉{number}：已作出行政处理决定。详见渝工通“查进度”。").format(number=case.number)


def extended(case: Case) -> str:
    return _("投诉{number}情况复杂，办理期限延长到{by}。详见渝工通“查进度”。").format(
        number=case.number, by=cn_date(case.close_by).split(" ")[0]
    )


def closed(case: Case) -> str:
    endings = {
        CaseState.SETTLED: _("已办结，工资已付清"),
        CaseState.UNFOUNDED: _("已办结，没有查到欠薪"),
        CaseState.PROJECT_DISPUTE: _("已办结，属于工程款纠纷"),
        CaseState.ARBITRATION: _("请走仲裁，{office}不收费").format(office=office_of(case.division).arbitration),
        CaseState.POLICE: _("已移送公安机关"),
        CaseState.REVOKED: _("单位已改正，已撤销立案"),
        CaseState.WITHDRAWN: _("已按你的要求撤回"),
    }
    return _("投诉{number}{ending}。详见渝工通“查进度”。").format(number=case.number, ending=endings[case.state])


def arbitration_moved(case: Case, event: str) -> str:
    """A step of the commission's; the page has the days and what one can do."""
    row = case.arbitrations.order_by("-pk").first()
    words = {
        "arb_accept": _("仲裁委已受理"),
        "arb_refuse": _("仲裁委不受理，可以起诉"),
        "arb_hearing": _("{day}开庭").format(day=_short(row.hearing_on) if row.hearing_on else ""),
        "arb_award": _("裁决书已到，不服可在{day}前起诉").format(day=_short(row.sue_by) if row.sue_by else ""),
        "arb_mediated": _("已达成调解"),
    }
    return _("投诉{number}：{what}。详见渝工通“查进度”。").format(number=case.number, what=words[event])


def taken_back(case: Case) -> str:
    return _("投诉{number}已由我们收回办理，最迟{by}。详见渝工通“查进度”。").format(
        number=case.number, by=_short(case.due_on)
    )


def police_answered(case: Case) -> str:
    return _("投诉{number}：公安机关已有答复。详见渝工通“查进度”。").format(number=case.number)


def of_clock(alarm: Alarm) -> str:
    words = _("{number} “{what}”已超期：应在 {by} 前办（{state}）")
    if alarm.rung < Rung.CITY:
        words = _("{number} “{what}”的期限已用 {percent}%：最迟 {by}（{state}）")
    return words.format(
        number=alarm.case.number,
        what=alarm.get_clock_display(),
        percent=alarm.percent,
        by=cn_date(alarm.due_on),
        state=alarm.case.get_state_display(),
    )


def for_officials(case: Case, event: str) -> str:
    words = {
        "assigned": _("{number} 已分派给你，期限 {by}"),
        "handed_over": _("{number} 由其他区县移交给你处办理，期限 {by}"),
        "inspector_named": _("{number} 请你作另一名监察员，期限 {by}"),
        "inspector_missing": _("{number} 有监察员回避，请补派，期限 {by}"),
        "outside_asked": _("{number} 请你处协助，办完请交回，期限 {by}"),
        "outside_returned": _("{number} 市外办事处已交回，期限 {by}"),
        "transfer_unanswered": _("{number} 转送后对方一直没有答复，请再问一次"),
        "approval_asked": _("{number} 有一份审批等你处理，期限 {by}"),
        "supplied": _("{number} 投诉人已补正材料，期限 {by}"),
        "evidence_added": _("{number} 投诉人补充了材料"),
        "went_up": _("{number} 有人说没收到已登记的付款，案件上提到市级办理，期限 {by}"),
        "all_confirmed": _("{number} 每个人的钱都已确认，可以付清办结，期限 {by}"),
        "payment_contested": _("{number} 投诉人说没有收到工资"),
    }
    return words[event].format(number=case.number, by=cn_date(case.due_on))


def money_path(case: Case) -> str:
    return f"{STATUS_PATH}{case.number}/paid/"


def payment_asked(payment: Payment) -> str:
    return _("投诉{number}：单位说{day}付给你{sum}。").format(
        number=payment.claimant.case.number, day=_short(payment.paid_on), sum=fen(payment.fen)
    )


def payment_warned(payment: Payment) -> str:
    """The day is the first one that is too late, so the last one to answer is the day before."""
    return _("投诉{number}：{sum}收到没有？{day}前不回按收到算。").format(
        number=payment.claimant.case.number, sum=fen(payment.fen), day=_short(payment.presume_on)
    )


def payment_presumed(payment: Payment, case: Case, *, days: int) -> str:
    return _("投诉{number}：{sum}没等到你回话，已按收到算。没收到，办结后{days}天内可在“查进度”说或打12333。").format(
        number=case.number, sum=fen(payment.fen), days=days
    )


def payment_vouched(payment: Payment) -> str:
    return _("投诉{number}：凭你签收的凭证，{sum}记为已收到。不对请在“查进度”说或打12333。").format(
        number=payment.claimant.case.number, sum=fen(payment.fen)
    )


def went_up(case: Case) -> str:
    return _("投诉{number}：已记下你没收到钱，改由市级办理，最迟{by}。").format(
        number=case.number, by=_short(case.close_by)
    )
