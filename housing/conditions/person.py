"""Conditions of the person: age, school, parents and children who could help."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..enums import Rule
from .base import Reason, Rules, reason, years_after

if TYPE_CHECKING:
    from ..eligibility import Facts


def age(facts: "Facts", rules: Rules) -> Reason:
    """≥ 18 on the day of the application."""
    limit = rules["min_age"]
    passed = facts.age >= limit.value
    return reason(
        Rule.AGE,
        limit,
        passed=passed,
        sentence=_("年满 {years} 岁").format(years=limit.value),
        your_value=_("你 {years} 岁").format(years=facts.age),
        bound=_("{years} 岁").format(years=limit.value),
        met_on=None if passed else years_after(facts.birth_date, limit.value),
    )


def student(facts: "Facts", rules: Rules) -> Reason:
    """Students at school cannot apply (2022)."""
    limit = rules["students_may_apply"]
    return reason(
        Rule.STUDENT,
        limit,
        passed=limit.value or not facts.is_student,
        sentence=_("在校学生可以申请") if limit.value else _("不是在校学生"),
        your_value=_("你还在上学") if facts.is_student else _("你不在上学"),
        bound="",
        advice="" if limit.value or not facts.is_student else _("毕业以后就可以申请。"),
    )


def family(facts: "Facts", rules: Rules) -> Reason:
    """No parents or children in the city who are able to help with housing."""
    limit = rules["family_support_bars"]
    passed = not (limit.value and facts.family_can_help)
    return reason(
        Rule.FAMILY,
        limit,
        passed=passed,
        sentence=_("父母、子女没有能力帮你解决住房"),
        your_value=_("他们有能力") if facts.family_can_help else _("他们没有能力"),
        bound="",
        advice="" if passed else _("以审核部门核查为准；确实帮不上的，请在申请里说明。"),
    )
