"""How a vacancy is shown in few words: the card of lists and home, and the lines of its page."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import divisions
from core.templatetags.ui import cn_date, freshness
from employers.enums import ArrearsStanding, EmployerState

from .enums import UNIT_AFTER_AMOUNT, Benefit, PayCycle
from .models import Vacancy
from .pay import range_text

Tag = dict[str, str]


def pay(vacancy: Vacancy) -> str:
    return range_text(vacancy.pay_min_fen, vacancy.pay_max_fen)


def pay_unit(vacancy: Vacancy) -> str:
    return str(UNIT_AFTER_AMOUNT[vacancy.pay_unit])


def pay_day_words(vacancy: Vacancy) -> str:
    """日结, 周结 or 10 日发薪."""
    if vacancy.pay_cycle == PayCycle.MONTH:
        return _("{day} 日发薪").format(day=vacancy.pay_day)
    return str(vacancy.get_pay_cycle_display())


def benefit_words(vacancy: Vacancy) -> list[str]:
    """包吃住 in one word where both are given, then the rest in the list's order."""
    given = set(vacancy.benefits)
    both = {Benefit.LODGING, Benefit.MEALS}
    words = [_("包吃住")] if both <= given else []
    rest = given - both if words else given
    return words + [str(benefit.label) for benefit in Benefit if benefit in rest]


def standing_tags(vacancy: Vacancy) -> list[Tag]:
    """What the register and the wage cases say about the employer; nothing is hidden from a worker."""
    employer = vacancy.employer
    verified = employer.state == EmployerState.VERIFIED
    tags = [{"word": _("已核验"), "tone": "ok"} if verified else {"word": _("单位待核验"), "tone": "warn"}]
    if employer.arrears_standing == ArrearsStanding.OPEN:
        tags.append({"word": _("该企业有欠薪案件在办"), "tone": "danger"})
    elif employer.arrears_standing == ArrearsStanding.CLEARED:
        tags.append({"word": _("该企业曾有欠薪，已清偿"), "tone": "warn"})
    return tags


def tags(vacancy: Vacancy) -> list[Tag]:
    """At most three: standing first, then what people look for."""
    benefits = benefit_words(vacancy)
    words = [*benefits[:1], pay_day_words(vacancy), *benefits[1:]]
    return (standing_tags(vacancy) + [{"word": word, "tone": "neutral"} for word in words])[:3]


def place(division: str) -> str:
    return divisions.name_of(division)


def card(vacancy: Vacancy, *, why: str = "", url: str = "") -> dict[str, Any]:
    """Context of `_components/job_card.html`."""
    return {
        "title": vacancy.title,
        "url": url or reverse("jobs:detail", args=[vacancy.pk]),
        "pay": pay(vacancy),
        "pay_unit": pay_unit(vacancy),
        "tags": tags(vacancy),
        "place": place(vacancy.division_id),
        "headcount": vacancy.places_left,
        "fresh": freshness(vacancy.refreshed_at),
        "why": why,
    }


def why_text(reasons: list[str]) -> str:
    """Reasons as one sentence: 工种一致；期望够得上；家在江津区."""
    return "；".join(reasons)


def statutory_rows(vacancy: Vacancy) -> list[dict[str, str]]:
    """The six things that a job notice must state (人力资源市场暂行条例 art. 24), and the days that matter."""
    level = vacancy.get_skill_level_display()
    wanted = [vacancy.requirements, _("技能等级：{level}").format(level=level) if level else ""]
    rows = [
        (
            _("基本劳动报酬"),
            "\n".join(
                [f"{pay(vacancy)}/{pay_unit(vacancy)}，{pay_day_words(vacancy)}", "、".join(benefit_words(vacancy))]
            ).strip(),
        ),
        (_("工作内容"), vacancy.duties),
        (_("工作地点"), f"{place(vacancy.division_id)} {vacancy.address}"),
        (_("招聘人数"), _("{all} 人，还差 {left} 人").format(all=vacancy.headcount, left=vacancy.places_left)),
        (_("招聘条件"), "\n".join(filter(None, wanted))),
        (_("到岗时间"), _day(vacancy.starts_on) or _("随时")),
        (_("单位基本情况"), f"{vacancy.employer.name}\n{vacancy.employer_profile}"),
        (_("招聘截止"), _day(vacancy.expires_on)),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def _day(day: date | None) -> str:
    return cn_date(day)
