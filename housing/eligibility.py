"""Who may apply and for which kind of flat: the conditions as functions over values, each giving its reason.

《重庆市公共租赁住房管理暂行办法》(2010), its 实施细则 (2011) and the conditions published on 2022-09-15. Which of
them holds on a day is data (`policy.rules_on`); nothing here reads the database or the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.masking import age_on

from . import conditions
from .enums import Relation, Rule, Sex, UnitKind, Work


@dataclass(frozen=True)
class Person:
    """Somebody who would live in the flat besides the applicant."""

    relation: Relation
    sex: Sex


@dataclass(frozen=True)
class Facts:
    """What a person says of themselves and their household on the day of the application.

    `place` names where they apply, 主城 or an outlying district: only homes there count.
    """

    on: date
    birth_date: date
    sex: Sex
    members: tuple[Person, ...] = ()
    is_student: bool = False
    work: Work = Work.NONE
    contract_months: int = 0
    insurance_months: int = 0
    fund_months: int = 0
    residence_months: int = 0
    income_fen: int = 0
    income_exempt: bool = False
    home_m2: Decimal = Decimal(0)
    transferred_on: date | None = None
    in_public_housing: bool = False
    family_can_help: bool = False
    place: str = ""

    @property
    def persons(self) -> int:
        return 1 + len(self.members)

    @property
    def age(self) -> int:
        return age_on(self.birth_date, self.on)


@dataclass(frozen=True)
class Assessment:
    """The outcome with a reason for every condition; `eligible_on` is the day when waiting alone suffices."""

    eligible: bool
    reasons: tuple[conditions.Reason, ...]
    unit_kind: UnitKind

    @property
    def missing(self) -> tuple[conditions.Reason, ...]:
        return tuple(reason for reason in self.reasons if not reason.passed)

    @property
    def eligible_on(self) -> date | None:
        """The day on which the last missing condition is met; None when waiting does not meet one of them."""
        days = [reason.met_on for reason in self.missing]
        return None if not days or None in days else max(days)

    @property
    def version(self) -> str:
        """The day from which the newest condition in use has been in force: 2022-09-15."""
        return max(reason.version.rpartition("@")[2] for reason in self.reasons)


def assess(facts: Facts, rules: conditions.Rules) -> Assessment:
    """Look at every condition; none is skipped because an earlier one failed."""
    reasons = tuple(check(facts, rules) for check in conditions.CHECKS)
    return Assessment(
        eligible=all(reason.passed for reason in reasons),
        reasons=reasons,
        unit_kind=unit_kind(facts.sex, facts.members),
    )


def unit_kind(sex: Sex, members: Iterable[Person]) -> UnitKind:
    """1 person → studio, 2 → one bedroom, 3 → two bedrooms, 4 and more → three bedrooms.

    A parent with one child of the other sex counts as three, so that both have a room of their own.
    """
    members = list(members)
    persons = 1 + len(members)
    if persons == 2 and _is_parent_with_child_of_other_sex(sex, members[0]):
        persons = 3
    kinds = [UnitKind.STUDIO, UnitKind.ONE_BEDROOM, UnitKind.TWO_BEDROOM, UnitKind.THREE_BEDROOM]
    return kinds[min(persons, 4) - 1]


def _is_parent_with_child_of_other_sex(sex: Sex, other: Person) -> bool:
    line = {Relation.SON, Relation.DAUGHTER, Relation.FATHER, Relation.MOTHER}
    return other.relation in line and other.sex != sex


def headline(assessment: Assessment) -> str:
    """The result in one line, as a person would say it."""
    missing = assessment.missing
    if not missing:
        return _("符合申请条件")
    can_be_met = all(reason.met_on or reason.rule == Rule.WORK for reason in missing)
    if not can_be_met:
        return _("有 {count} 项不符合").format(count=len(missing))
    return _("还差一项就符合") if len(missing) == 1 else _("还差 {count} 项就符合").format(count=len(missing))
