"""The income condition: the ceilings of 2011, none in the conditions of 2022."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.templatetags.ui import fen_short

from ..enums import Rule
from .base import Limit, Reason, Rules, reason

if TYPE_CHECKING:
    from ..eligibility import Facts


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
    return reason(
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
