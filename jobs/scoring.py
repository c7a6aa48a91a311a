"""How well a person and a vacancy fit, as a sum of points whose parts are said in words.

The inputs have no room for sex, ethnicity, family, age or anything else that must not count
(人力资源市场暂行条例 art. 24; 个人信息保护法 art. 24 asks that the result can be explained).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core import divisions
from workers.code_lists import SkillLevel, trades_near

from .pay import per_month_fen, with_unit
from .places import region_of

# What each part can bring; together 100.
TRADE, SKILL, PAY, PLACE, TIME, FRESH = 40, 15, 15, 15, 10, 5

# Of TRADE, before experience:
_NEAR_TRADE, _ALSO_KNOWN, _SAME_TRADE = 24, 28, 32
_YEARS_THAT_COUNT = 8
FRESH_DAYS, STALE_DAYS = 30, 180

_near = cache(trades_near)  # a few dozen trades


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


class Part(NamedTuple):
    """One part of a score: its points, and the sentence that explains them (placeholders: `sentence_values`)."""

    points: int
    sentence: str = ""


@dataclass  # not frozen: the words are cached
class Score:
    """0–100 and its parts. Words are made only when somebody reads them: thousands are weighed, fifty are shown."""

    total: int
    parts: tuple[Part, ...]
    vacancy: VacancyFacts
    person: CandidateFacts

    @cached_property
    def reasons(self) -> list[str]:
        """What speaks for the person, the weightiest first."""
        said = sorted((part for part in self.parts if part.sentence), key=lambda part: -part.points)
        values = sentence_values(self.vacancy, self.person)
        return [gettext(part.sentence).format(**values) for part in said]

    def words(self, most: int = 3) -> list[str]:
        return self.reasons[:most]


def score(vacancy: VacancyFacts, person: CandidateFacts, *, on: date) -> Score:
    """Add up the parts; pure, so that equal facts always give an equal score."""
    parts = (
        _trade(vacancy, person),
        _pay(vacancy, person),
        _place(vacancy, person),
        _skill(vacancy, person),
        _time(vacancy, person, on),
        _freshness(person, on),
    )
    return Score(sum(part.points for part in parts), parts, vacancy, person)


def years_of(person: CandidateFacts) -> int:
    return max(person.months, 0) // 12


def _trade(vacancy: VacancyFacts, person: CandidateFacts) -> Part:
    if not person.trade:
        return Part(0, _("工种未填"))
    years = min(years_of(person), _YEARS_THAT_COUNT)
    experience = round((TRADE - _SAME_TRADE) * years / _YEARS_THAT_COUNT)
    if person.trade == vacancy.trade:
        return Part(_SAME_TRADE + experience, _("工种一致（{trade}{years}）"))
    if vacancy.trade in person.other_trades:
        return Part(_ALSO_KNOWN + experience, _("也会这个工种（主做{trade}{years}）"))
    if person.trade in _near(vacancy.trade):
        return Part(_NEAR_TRADE + experience, _("相近工种（{trade}{years}）"))
    return Part(0, _("工种不同（{trade}{years}）"))


def _skill(vacancy: VacancyFacts, person: CandidateFacts) -> Part:
    has = int(person.skill_level or 0)
    if not vacancy.skill_level:
        return Part(min(SKILL, SKILL - 5 + has), _("有{level}证") if has else _("不要求证书"))
    if not has:
        return Part(0, _("没有要求的技能证书"))
    short = int(vacancy.skill_level) - has
    if short <= 0:
        return Part(SKILL, _("有{level}证，达到要求"))
    return Part(max(0, SKILL - 5 * short), _("有{level}证，低于要求"))


def _pay(vacancy: VacancyFacts, person: CandidateFacts) -> Part:
    if vacancy.pay_month_fen is None:
        return Part(PAY * 2 // 3, _("计件，多劳多得"))
    wanted_fen = per_month_fen(person.min_pay_fen, person.pay_unit)
    if not wanted_fen:
        return Part(PAY * 2 // 3, _("没有提工资要求"))
    if vacancy.pay_month_fen >= wanted_fen:
        return Part(PAY, _("期望 {wanted_pay}，够得上"))
    gap = 1 - vacancy.pay_month_fen / wanted_fen
    return Part(max(0, round(PAY * (1 - 3 * gap))), _("期望 {wanted_pay}，比这份高"))


def _place(vacancy: VacancyFacts, person: CandidateFacts) -> Part:
    """Near home and wanted counts most; then the wanted district, its region, its city."""
    here, home, wanted = vacancy.division, person.home, wanted_place(person)
    if not wanted or here.startswith(wanted):
        if len(here) >= 9 and here[:9] == home[:9]:
            return Part(PLACE, _("家就在{township}"))
        if here[:6] == home[:6]:
            return Part(PLACE * 4 // 5, _("家在{district}"))
        if len(wanted) == 6:
            return Part(PLACE * 4 // 5, _("想去{district}"))
        near = region_of(here) and region_of(here) == region_of(home)
        return Part(PLACE * 3 // 5 if near else PLACE // 2, _("市内都可以去") if wanted else _("哪里都可以去"))
    if region_of(here) and region_of(here) == region_of(wanted):
        return Part(PLACE * 2 // 5, _("想在{wanted_place}，同属{region}"))
    return Part(PLACE // 5 if here[:2] == wanted[:2] else 0, _("想在{wanted_place}"))


def wanted_place(person: CandidateFacts) -> str:
    """The wanted district or province; near home when nothing was said; empty for anywhere."""
    return person.wanted or ("" if person.anywhere else person.home[:6])


def _time(vacancy: VacancyFacts, person: CandidateFacts, on: date) -> Part:
    needed = max(vacancy.starts_on or on, on)
    if person.available_on is None or person.available_on <= on:
        return Part(TIME, _("随时能到岗"))
    if person.available_on <= needed:
        return Part(TIME, _("能按时到岗"))
    late = (person.available_on - needed).days
    return Part(max(0, TIME - late // 7 * 2), _("{month} 月 {day} 日后有空"))


def _freshness(person: CandidateFacts, on: date) -> Part:
    """Stale facts cost a little; lists show it as a badge, so there is no sentence."""
    if person.known_on is None:
        return Part(0)
    days = (on - person.known_on).days
    if days <= FRESH_DAYS:
        return Part(FRESH)
    return Part(0 if days > STALE_DAYS else FRESH // 2)


def sentence_values(vacancy: VacancyFacts, person: CandidateFacts) -> dict[str, str | int]:
    """What the sentences' placeholders stand for."""
    years, free = years_of(person), person.available_on
    return {
        "trade": person.trade_label,
        "years": gettext(" {years} 年").format(years=years) if years else "",
        "level": SkillLevel(person.skill_level).label if person.skill_level else "",
        "wanted_pay": with_unit(person.min_pay_fen, person.pay_unit) if person.min_pay_fen else "",
        "township": divisions.name_of(vacancy.division[:9]).split(" ")[-1],
        "district": divisions.name_of(vacancy.division[:6]),
        "wanted_place": divisions.name_of(wanted_place(person)),
        "region": region_of(vacancy.division),
        "month": free.month if free else "",
        "day": free.day if free else "",
    }
