"""How well a person and a vacancy fit, as a sum of points whose parts are said in words.

The inputs have no room for sex, ethnicity, family, age or anything else that must not count
(人力资源市场暂行条例 art. 24; 个人信息保护法 art. 24 asks that the result can be explained).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core import divisions
from workers.code_lists import SkillLevel, trades_near

from .pay import per_month_fen, with_unit
from .places import region_of

# What each part can bring; together 100.
TRADE, SKILL, PAY, PLACE, TIME, FRESH = 40, 15, 15, 15, 10, 5

_NEAR_TRADE = 24  # of TRADE before experience
_SAME_TRADE = 32
_YEARS_THAT_COUNT = 8
_FRESH_DAYS, _STALE_DAYS = 30, 180


@dataclass(frozen=True)
class VacancyFacts:
    """What the score knows of a vacancy. Pay is the most it brings in a month, in 分; None for piece work."""

    trade: str
    skill_level: str
    pay_month_fen: int | None
    division: str
    starts_on: date | None


@dataclass(frozen=True)
class CandidateFacts:
    """What the score knows of a person, and nothing else.

    `home` is where the person is looked after: a district, or a township where that is known. `wanted` is the
    district or province asked for; empty with `anywhere` false means near home.
    """

    trade: str
    trade_label: str
    other_trades: tuple[str, ...]
    months: int
    skill_level: str
    min_pay_fen: int | None
    pay_unit: str
    home: str
    wanted: str
    anywhere: bool
    available_on: date | None
    known_on: date | None  # when these facts were last confirmed


@dataclass(frozen=True)
class Reason:
    """One part of a score: its points, and the sentence that explains them."""

    points: int
    text: str


@dataclass(frozen=True)
class Score:
    """0–100 and its reasons, the weightiest first."""

    total: int
    reasons: tuple[Reason, ...]

    def words(self, most: int = 3) -> list[str]:
        return [reason.text for reason in self.reasons[:most]]


def score(vacancy: VacancyFacts, person: CandidateFacts, *, on: date) -> Score:
    """Add up the parts; pure, so that equal facts always give an equal score."""
    parts = [
        _trade(vacancy, person),
        _skill(vacancy, person),
        _pay(vacancy, person),
        _place(vacancy, person),
        _time(vacancy, person, on),
        _freshness(person, on),
    ]
    shown = [part for part in parts if part.text]
    return Score(sum(part.points for part in parts), tuple(sorted(shown, key=lambda part: -part.points)))


def _trade(vacancy: VacancyFacts, person: CandidateFacts) -> Reason:
    if not person.trade:
        return Reason(0, _("工种未填"))
    years = max(person.months, 0) // 12
    experience = round((TRADE - _SAME_TRADE) * min(years, _YEARS_THAT_COUNT) / _YEARS_THAT_COUNT)
    said = _("（{trade} {years} 年）") if years else _("（{trade}）")
    said = said.format(trade=person.trade_label, years=years)
    if person.trade == vacancy.trade:
        return Reason(_SAME_TRADE + experience, _("工种一致") + said)
    if vacancy.trade in person.other_trades:
        return Reason(_NEAR_TRADE + 4 + experience, _("也会这个工种") + said)
    if person.trade in trades_near(vacancy.trade):
        return Reason(_NEAR_TRADE + experience, _("相近工种") + said)
    return Reason(0, _("工种不同") + said)


def _skill(vacancy: VacancyFacts, person: CandidateFacts) -> Reason:
    level = SkillLevel(person.skill_level).label if person.skill_level else ""
    if not vacancy.skill_level:
        bonus = min(SKILL, SKILL - 5 + int(person.skill_level or 0))
        return Reason(bonus, _("有{level}证").format(level=level) if level else _("不要求证书"))
    if not level:
        return Reason(0, _("没有要求的技能证书"))
    short = int(vacancy.skill_level) - int(person.skill_level)
    if short <= 0:
        return Reason(SKILL, _("有{level}证，达到要求").format(level=level))
    return Reason(max(0, SKILL - 5 * short), _("有{level}证，差 {steps} 级").format(level=level, steps=short))


def _pay(vacancy: VacancyFacts, person: CandidateFacts) -> Reason:
    wanted_fen = per_month_fen(person.min_pay_fen, person.pay_unit)
    if vacancy.pay_month_fen is None:
        return Reason(PAY * 2 // 3, _("计件，多劳多得"))
    if not wanted_fen:
        return Reason(PAY * 2 // 3, _("没有提工资要求"))
    wanted = with_unit(person.min_pay_fen, person.pay_unit)
    if vacancy.pay_month_fen >= wanted_fen:
        return Reason(PAY, _("期望 {wanted}，够得上").format(wanted=wanted))
    gap = 1 - vacancy.pay_month_fen / wanted_fen
    return Reason(max(0, round(PAY * (1 - 3 * gap))), _("期望 {wanted}，比这份高").format(wanted=wanted))


def _place(vacancy: VacancyFacts, person: CandidateFacts) -> Reason:
    """Near home and wanted counts most; then the wanted district, its region, its city."""
    here, home = vacancy.division, person.home
    wanted = person.wanted or ("" if person.anywhere else home[:6])
    welcome = not wanted or here.startswith(wanted)
    if welcome and len(here) >= 9 and here[:9] == home[:9]:
        return Reason(PLACE, _("家就在{place}").format(place=divisions.name_of(here[:9]).split(" ")[-1]))
    if welcome and here[:6] == home[:6]:
        return Reason(PLACE * 4 // 5, _("家在{place}").format(place=divisions.name_of(here[:6])))
    if welcome and len(wanted) == 6:
        return Reason(PLACE * 4 // 5, _("想去{place}").format(place=divisions.name_of(wanted)))
    if welcome:
        near = region_of(here) and region_of(here) == region_of(home)
        return Reason(PLACE * 3 // 5 if near else PLACE // 2, _("哪里都可以去") if not wanted else _("市内都可以去"))
    told = _("想在{place}").format(place=divisions.name_of(wanted))
    if region_of(here) and region_of(here) == region_of(wanted):
        return Reason(PLACE * 2 // 5, _("{told}，同属{region}").format(told=told, region=region_of(here)))
    return Reason(PLACE // 5 if here[:2] == wanted[:2] else 0, told)


def _time(vacancy: VacancyFacts, person: CandidateFacts, on: date) -> Reason:
    needed = max(vacancy.starts_on or on, on)
    if person.available_on is None or person.available_on <= on:
        return Reason(TIME, _("随时能到岗"))
    if person.available_on <= needed:
        return Reason(TIME, _("能按时到岗"))
    late = (person.available_on - needed).days
    return Reason(
        max(0, TIME - late // 7 * 2),
        _("{month} 月 {day} 日后有空").format(month=person.available_on.month, day=person.available_on.day),
    )


def _freshness(person: CandidateFacts, on: date) -> Reason:
    """Stale facts cost a little; the sentence is the list's own badge, so it is not repeated here."""
    if person.known_on is None:
        return Reason(0, "")
    days = (on - person.known_on).days
    if days <= _FRESH_DAYS:
        return Reason(FRESH, "")
    return Reason(0 if days > _STALE_DAYS else FRESH // 2, "")
