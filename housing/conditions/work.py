"""The condition of a stable job, proved in one of the ways that the rules know."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..enums import Rule, Work
from .base import Limit, Reason, Rules, month_after, month_words, reason

if TYPE_CHECKING:
    from ..eligibility import Facts


def work(facts: "Facts", rules: Rules) -> Reason:
    """A stable job, proved in one of the ways that the rules know."""
    if facts.work == Work.EMPLOYED:
        return _employed(facts, rules["stable_work"])
    if facts.work == Work.FLEXIBLE:
        return _flexible(facts, rules["flexible_work"])
    limit = rules["flexible_work"]
    passed = facts.work in {Work.RETIRED, Work.CIVIL_SERVANT}
    return reason(
        Rule.WORK,
        limit,
        passed=passed,
        sentence=_("有稳定工作，或已经退休"),
        your_value=_("你{work}").format(work=Work(facts.work).label),
        bound=_("有工作或退休"),
        advice="" if passed else _("找到工作后，有劳动合同、公积金或社保就符合这一项。"),
    )


def _employed(facts: "Facts", limit: Limit) -> Reason:
    """(a): 2011 asks for a contract of a year and six months of insurance or fund; 2022 for one of the three."""
    months, contract = max(facts.insurance_months, facts.fund_months), facts.contract_months
    if limit.value["needs"] == "either":
        proofs = [
            _("劳动合同") if contract else "",
            _("公积金") if facts.fund_months else "",
            _("社保") if facts.insurance_months else "",
        ]
        shown = "、".join(filter(None, proofs))
        return reason(
            Rule.WORK,
            limit,
            passed=bool(shown),
            sentence=_("稳定工作：有劳动合同、公积金或社保，有一样就行"),
            your_value=_("你有{proofs}").format(proofs=shown) if shown else _("你三样都还没有"),
            bound=_("有一样"),
            advice="" if shown else _("请单位签合同，或办社保、公积金，办好就符合这一项。"),
        )
    least, contract_least = limit.value["insurance_months"], limit.value["contract_months"]
    enough_contract, enough_months = contract >= contract_least, months >= least
    waits = not enough_months and enough_contract and months
    return reason(
        Rule.WORK,
        limit,
        passed=enough_contract and enough_months,
        sentence=_("稳定工作：合同满 1 年，社保或公积金连续满 {months} 个月").format(months=least),
        your_value=_months_said(months, least, facts.on) if enough_contract else _("你的合同不到 1 年或没有签"),
        bound=_("{months} 个月").format(months=least),
        met_on=month_after(facts.on, least - months) if waits else None,
        advice="" if enough_contract else _("请单位签 1 年以上的劳动合同。"),
    )


def _flexible(facts: "Facts", limit: Limit) -> Reason:
    """(b): flexible workers and the self-employed, six months of insurance and six of residence."""
    least, stay = limit.value["insurance_months"], limit.value["residence_months"]
    short_of_pay, short_of_stay = least - facts.insurance_months, stay - facts.residence_months
    short = max(short_of_pay, short_of_stay, 0)
    started = facts.insurance_months > 0
    if short_of_pay >= short_of_stay:
        said = _months_said(facts.insurance_months, least, facts.on)
    else:
        said = _("你在重庆住了 {months} 个月，到 {day} 就满").format(
            months=facts.residence_months, day=month_words(month_after(facts.on, short_of_stay))
        )
    sentence = _("稳定工作：社保连续满 {months} 个月，居住满 {stay} 个月")
    return reason(
        Rule.WORK,
        limit,
        passed=short == 0,
        sentence=sentence.format(months=least, stay=stay),
        your_value=said,
        bound=_("{months} 个月").format(months=least),
        met_on=month_after(facts.on, short) if short and started else None,
        advice="" if not short or started else _("从开始缴社保那个月算起，连续 {months} 个月。").format(months=least),
    )


def _months_said(months: int, least: int, on: date) -> str:
    if months >= least:
        return _("你缴了 {months} 个月").format(months=months)
    if not months:
        return _("你还没有缴")
    day = month_words(month_after(on, least - months))
    return _("你缴了 {months} 个月，到 {day} 就满").format(months=months, day=day)
