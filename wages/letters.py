"""The wording of letters. The complainant's name is not in them; the printed page adds it from its seal."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.ui import cn_date, fen

from . import law
from .enums import DocumentKind
from .models import Case
from .offices import office_of


def _accepted(case: Case, facts: dict) -> str:
    return _("你反映的事项符合受理条件，现予受理并立案。我们将在 {by} 前办理完毕{provisional}。").format(
        by=cn_date(case.close_by),
        provisional=_("（该日期暂定，节假日安排公布后可能调整）") if case.close_provisional else "",
    )


def _supplement(case: Case, facts: dict) -> str:
    return _("为确定用人单位和欠薪事实，请补充下列材料。收到材料后，受理期限继续计算。")


def _not_accepted(case: Case, facts: dict) -> str:
    remedies = law.remedies(facts["on"])
    return _(
        "经审查，决定不予受理。理由：{ground}。如不服本决定，可以自收到之日起 {days} 日内依法申请行政复议，"
        "或者 {months} 个月内依法提起行政诉讼；也可以向{arbitration}申请仲裁。"
    ).format(
        ground=facts["ground"],
        days=remedies.review_days,
        months=remedies.suit_months,
        arbitration=office_of(case.division).arbitration,
    )


def _transfer(case: Case, facts: dict) -> str:
    return _(
        "你反映的事项不属于本机构管辖或职责范围，已转送：{ground}。处理结果由该部门告知你（《保障农民工工资支付条例》第十条）。"
    ).format(ground=facts["ground"])


def _hand_over(case: Case, facts: dict) -> str:
    words = _("你反映的事项由{office}管辖，现移交该机构继续办理，不用重新投诉。投诉编号不变，{clock}")
    if case.due_on is None:
        clock = _("补正后期限接着算，不重新计算。")
    else:
        clock = _("期限不重新计算，最迟 {by}。").format(by=cn_date(case.due_on))
    return words.format(office=facts["ground"], clock=clock)


def _order(case: Case, facts: dict) -> str:
    extra = law.extra_pay(facts["on"])
    return _(
        "经查，你单位拖欠{people}劳动报酬 {amount}。现责令你单位于 {by} 前足额支付。逾期不支付的，"
        "可责令按应付金额 {least}% 以上 {most}% 以下加付赔偿金（《劳动保障监察条例》第二十六条）；"
        "有能力支付而不支付的，依法追究刑事责任（《刑法》第二百七十六条之一）。"
    ).format(
        people=facts["people"],
        amount=fen(facts["amount_fen"]),
        by=cn_date(case.pay_by),
        least=extra.least,
        most=extra.most,
    )


def _extension(case: Case, facts: dict) -> str:
    return _("因情况复杂，经负责人批准，办理期限延长至 {by}（《劳动保障监察条例》第十七条，只能延长一次）。").format(
        by=cn_date(case.close_by)
    )


def _decision(case: Case, facts: dict) -> str:
    extra = facts["extra_percent"]
    words = _("责令你单位支付{people}劳动报酬 {amount}").format(people=facts["people"], amount=fen(facts["amount_fen"]))
    if extra:
        words += _("，并按应付金额的 {extra}% 加付赔偿金").format(extra=extra)
    return words + _("。不履行本决定的，依法申请人民法院强制执行。")


def _unfounded(case: Case, facts: dict) -> str:
    return _("经调查，未查实拖欠劳动报酬，现予办结。有新的证据，可以再次投诉。")


def _project_dispute(case: Case, facts: dict) -> str:
    return _(
        "经调查，你反映的款项属于工程款而不是工资，不由劳动保障监察处理。请通过协商、仲裁或诉讼解决（《保障农民工工资支付条例》第五十二条）。"
    )


def _arbitration(case: Case, facts: dict) -> str:
    return _(
        "同一事项应当通过劳动争议仲裁或者诉讼程序处理（《劳动保障监察条例》第二十一条）。受理机构：{office}，不收费。"
    ).format(office=office_of(case.division).arbitration)


def _police(case: Case, facts: dict) -> str:
    return _(
        "用人单位经责令支付仍不支付，涉嫌拒不支付劳动报酬，案件已移送公安机关（《保障农民工工资支付条例》第四十一条）。"
    )


def _revoked(case: Case, facts: dict) -> str:
    return _("违法行为轻微，用人单位已经改正，决定撤销立案（《劳动保障监察条例》第十八条）。")


def _settled(case: Case, facts: dict) -> str:
    return _("用人单位已支付劳动报酬 {amount}，本案办结。").format(amount=fen(case.paid_now_fen))


_WORDS = {
    DocumentKind.ACCEPTED: _accepted,
    DocumentKind.SUPPLEMENT: _supplement,
    DocumentKind.NOT_ACCEPTED: _not_accepted,
    DocumentKind.TRANSFER: _transfer,
    DocumentKind.HAND_OVER: _hand_over,
    DocumentKind.ORDER: _order,
    DocumentKind.EXTENSION: _extension,
    DocumentKind.DECISION: _decision,
    DocumentKind.UNFOUNDED: _unfounded,
    DocumentKind.PROJECT_DISPUTE: _project_dispute,
    DocumentKind.ARBITRATION: _arbitration,
    DocumentKind.POLICE: _police,
    DocumentKind.REVOKED: _revoked,
    DocumentKind.SETTLED: _settled,
}

# Letters to the employer start with its name, all others with the complainant's.
TO_THE_EMPLOYER = (DocumentKind.ORDER, DocumentKind.DECISION)


def compose(kind: DocumentKind, case: Case, *, on: date, ground: str = "", text: str = "", **facts: Any) -> str:
    """The letter's body: the law's sentence as in force `on` that day, then what the official wrote."""
    words = _WORDS[kind](case, {"ground": ground, "on": on, "people": _("农民工"), **facts})
    return f"{words}\n\n{text}".strip()
