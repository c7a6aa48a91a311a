"""The conditions of `eligibility`, one function each: facts and limits in, a reason out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.templatetags.ui import fen_short

from .enums import Rule, Work

if TYPE_CHECKING:
    from .eligibility import Facts


@dataclass(frozen=True)
class Limit:
    """A parameter in force: its value, which version it is and where it is written."""

    value: Any
    version: str
    article: str
    verified: bool


Rules = Mapping[str, Limit]


@dataclass(frozen=True)
class Reason:
    """One condition: whether it is met, and what that was compared with.

    `met_on` is the first day on which waiting alone meets it; `advice` says what else would.
    """

    rule: Rule
    passed: bool
    sentence: str
    your_value: str
    limit: str
    article: str
    version: str
    verified: bool
    met_on: date | None = None
    advice: str = ""


def _reason(rule: Rule, limit: Limit, *, passed: bool, sentence: str, your_value: str, bound: str, **more) -> Reason:
    return Reason(
        rule=rule,
        passed=passed,
        sentence=sentence,
        your_value=your_value,
        limit=bound,
        article=limit.article,
        version=limit.version,
        verified=limit.verified,
        **more,
    )


def month_after(day: date, months: int) -> date:
    """The first day of the month that lies `months` ahead."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def age(facts: "Facts", rules: Rules) -> Reason:
    """≥ 18 on the day of the application."""
    limit = rules["min_age"]
    passed = facts.age >= limit.value
    return _reason(
        Rule.AGE,
        limit,
        passed=passed,
        sentence=_("年满 {years} 岁").format(years=limit.value),
        your_value=_("你 {years} 岁").format(years=facts.age),
        bound=_("{years} 岁").format(years=limit.value),
        met_on=None if passed else years_after(facts.birth_date, limit.value),
    )


def home(facts: "Facts", rules: Rules) -> Reason:
    """No home where one applies, or less than 13 ㎡ of building area per head."""
    limit = rules["home_m2_per_head"]
    per_head = (facts.home_m2 / facts.persons).quantize(Decimal("0.1"), ROUND_DOWN)
    passed = facts.home_m2 < limit.value * facts.persons
    place = facts.place or _("主城")
    none = _("你家在{place}没有住房").format(place=place)
    return _reason(
        Rule.HOME,
        limit,
        passed=passed,
        sentence=_("{place}没有住房，或人均不到 {area}㎡").format(place=place, area=limit.value),
        your_value=_("你家人均 {area}㎡").format(area=per_head) if facts.home_m2 else none,
        bound=_("{area}㎡").format(area=limit.value),
        advice="" if passed else _("别处的住房不算；{place}的住房按全家人口平均。").format(place=place),
    )


def income(facts: "Facts", rules: Rules) -> Reason:
    """The ceilings of 2011; the conditions published in 2022 name none."""
    limit = rules["income_ceiling"]
    bound, own, words = _income_bound(facts, limit)
    passed = facts.income_exempt or bound is None or own <= bound
    if facts.income_exempt:
        said = _("引进人才、劳动模范不看收入")
    elif bound is None:
        said = _("{yours}；现行条件没有写上限").format(yours=words)
    else:
        said = _("{yours}；上限 {bound}").format(yours=words, bound=fen_short(bound))
    return _reason(
        Rule.INCOME,
        limit,
        passed=passed,
        sentence=_("收入没有超过上限"),
        your_value=said,
        bound=fen_short(bound) if bound is not None else _("没有写"),
    )


def _income_bound(facts: "Facts", limit: Limit) -> tuple[int | None, int, str]:
    """The ceiling that applies to a household of this size, what is compared with it, and in words."""
    ceilings, persons = limit.value or {}, facts.persons
    if persons == 1:
        return ceilings.get("one"), facts.income_fen, _("你每月 {sum}").format(sum=fen_short(facts.income_fen))
    if persons == 2:
        words = _("你家 2 人，合计 {sum}").format(sum=fen_short(facts.income_fen))
        return ceilings.get("two"), facts.income_fen, words
    per_head = -(-facts.income_fen // (persons * 100)) * 100  # whole yuan, rounded up
    words = _("你家 {persons} 人，人均 {sum}").format(persons=persons, sum=fen_short(per_head))
    return ceilings.get("per_head"), per_head, words


def work(facts: "Facts", rules: Rules) -> Reason:
    """A stable job, proved in one of the ways that the rules know."""
    if facts.work == Work.EMPLOYED:
        return _employed(facts, rules["stable_work"])
    if facts.work == Work.FLEXIBLE:
        return _flexible(facts, rules["flexible_work"])
    limit = rules["flexible_work"]
    passed = facts.work in {Work.RETIRED, Work.CIVIL_SERVANT}
    return _reason(
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
        return _reason(
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
    return _reason(
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
            months=facts.residence_months, day=_month(month_after(facts.on, short_of_stay))
        )
    sentence = _("稳定工作：社保连续满 {months} 个月，居住满 {stay} 个月")
    return _reason(
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
    day = _month(month_after(on, least - months))
    return _("你缴了 {months} 个月，到 {day} 就满").format(months=months, day=day)


def _month(day: date) -> str:
    return _("{year}年{month}月").format(year=day.year, month=day.month)


def student(facts: "Facts", rules: Rules) -> Reason:
    """Students at school cannot apply (2022)."""
    limit = rules["students_may_apply"]
    return _reason(
        Rule.STUDENT,
        limit,
        passed=limit.value or not facts.is_student,
        sentence=_("在校学生可以申请") if limit.value else _("不是在校学生"),
        your_value=_("你还在上学") if facts.is_student else _("你不在上学"),
        bound="",
        advice="" if limit.value or not facts.is_student else _("毕业以后就可以申请。"),
    )


def transfer(facts: "Facts", rules: Rules) -> Reason:
    """No home given away or sold in the years before."""
    limit = rules["transfer_years"]
    free_on = years_after(facts.transferred_on, limit.value) if facts.transferred_on else None
    passed = free_on is None or free_on <= facts.on
    said = _("上次转让在 {day}").format(day=_month(facts.transferred_on)) if free_on else _("没有转让过")
    return _reason(
        Rule.TRANSFER,
        limit,
        passed=passed,
        sentence=_("近 {years} 年没有在{place}转让住房").format(years=limit.value, place=facts.place or _("主城")),
        your_value=said if passed else _("{said}，到 {day} 就满").format(said=said, day=_month(free_on)),
        bound=_("{years} 年").format(years=limit.value),
        met_on=None if passed else free_on,
    )


def public_housing(facts: "Facts", rules: Rules) -> Reason:
    """Not already in public or low-rent housing."""
    limit = rules["public_housing_bars"]
    passed = not (limit.value and facts.in_public_housing)
    return _reason(
        Rule.PUBLIC_HOUSING,
        limit,
        passed=passed,
        sentence=_("没有住公房、廉租房或公租房"),
        your_value=_("你家现在住着") if facts.in_public_housing else _("你家没有住"),
        bound="",
        advice="" if passed else _("退掉现在的公房后可以申请；想换房请到所在小区办换租。"),
    )


def family(facts: "Facts", rules: Rules) -> Reason:
    """No parents or children in the city who are able to help with housing."""
    limit = rules["family_support_bars"]
    passed = not (limit.value and facts.family_can_help)
    return _reason(
        Rule.FAMILY,
        limit,
        passed=passed,
        sentence=_("父母、子女没有能力帮你解决住房"),
        your_value=_("他们有能力") if facts.family_can_help else _("他们没有能力"),
        bound="",
        advice="" if passed else _("以审核部门核查为准；确实帮不上的，请在申请里说明。"),
    )


#: In the order in which they are shown.
CHECKS = (age, home, income, work, student, transfer, public_housing, family)
