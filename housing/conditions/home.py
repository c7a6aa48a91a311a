"""Conditions of the home: none or too small, none given away lately, none from the state."""

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..enums import Rule
from .base import Reason, Rules, month_words, reason, years_after

if TYPE_CHECKING:
    from ..eligibility import Facts


def home(facts: "Facts", rules: Rules) -> Reason:
    """No home where one applies, or less than 13 ㎡ of building area per head."""
    limit = rules["home_m2_per_head"]
    per_head = (facts.home_m2 / facts.persons).quantize(Decimal("0.1"), ROUND_DOWN)
    passed = facts.home_m2 < limit.value * facts.persons
    place = facts.place or _("主城")
    none = _("你家在{place}没有住房").format(place=place)
    return reason(
        Rule.HOME,
        limit,
        passed=passed,
        sentence=_("{place}没有住房，或人均不到 {area}㎡").format(place=place, area=limit.value),
        your_value=_("你家人均 {area}㎡").format(area=per_head) if facts.home_m2 else none,
        bound=_("{area}㎡").format(area=limit.value),
        advice="" if passed else _("别处的住房不算；{place}的住房按全家人口平均。").format(place=place),
    )


def transfer(facts: "Facts", rules: Rules) -> Reason:
    """No home given away or sold in the years before."""
    limit = rules["transfer_years"]
    free_on = years_after(facts.transferred_on, limit.value) if facts.transferred_on else None
    passed = free_on is None or free_on <= facts.on
    said = _("上次转让在 {day}").format(day=month_words(facts.transferred_on)) if free_on else _("没有转让过")
    return reason(
        Rule.TRANSFER,
        limit,
        passed=passed,
        sentence=_("近 {years} 年没有在{place}转让住房").format(years=limit.value, place=facts.place or _("主城")),
        your_value=said if passed else _("{said}，到 {day} 就满").format(said=said, day=month_words(free_on)),
        bound=_("{years} 年").format(years=limit.value),
        met_on=None if passed else free_on,
    )


def public_housing(facts: "Facts", rules: Rules) -> Reason:
    """Not already in public or low-rent housing."""
    limit = rules["public_housing_bars"]
    passed = not (limit.value and facts.in_public_housing)
    return reason(
        Rule.PUBLIC_HOUSING,
        limit,
        passed=passed,
        sentence=_("没有住公房、廉租房或公租房"),
        your_value=_("你家现在住着") if facts.in_public_housing else _("你家没有住"),
        bound="",
        advice="" if passed else _("退掉现在的公房后可以申请；想换房请到所在小区办换租。"),
    )
