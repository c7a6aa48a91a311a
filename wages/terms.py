"""The terms of law that a wage case meets: which parameter says how long, and in which unit it counts.

Some laws name the unit, some say “日” and add that numbers up to so many are working days (行政处罚法 art. 85,
行政强制法 art. 69, 劳动人事争议仲裁办案规则): that number is a parameter too, because it is law.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core import parameters

from .deadlines import Clock, Unit


class ClockKind(TextChoices):
    """What a clock runs for. The first two are columns of the case, the others rows of `CaseClock`."""

    ACCEPT = "accept", _("是否受理")
    CLOSE = "close", _("办结")
    CONTACT = "contact", _("首次联系投诉人")
    DECISION = "decision", _("作出处理决定")
    SERVICE = "service", _("送达文书")
    DEMAND = "demand", _("催告后履行")
    COURT = "court", _("申请法院强制执行")
    ARB_ACCEPT = "arb_accept", _("仲裁委是否受理")
    ARB_SERVE = "arb_serve", _("仲裁申请书送达单位")
    ARB_DEFENCE = "arb_defence", _("单位提交答辩书")
    MEDIATION = "mediation", _("调解")
    ARB_AWARD = "arb_award", _("仲裁裁决")
    ARB_SUIT = "arb_suit", _("对裁决起诉")


# The office's own duties inside a case; they end with it. The others go on in other houses.
OURS = (ClockKind.CONTACT, ClockKind.DECISION, ClockKind.DEMAND, ClockKind.COURT)


@dataclass(frozen=True)
class Rule:
    """Where a term's length stands. `unit` is what the law itself says; else `workdays_up_to` names the parameter."""

    key: str
    unit: Unit | None = None
    workdays_up_to: str = ""


_ARBITRATION = "wages.arbitration_workdays_up_to"
_ENFORCEMENT = "wages.enforcement_workdays_up_to"
_PENALTY = "wages.penalty_workdays_up_to"

RULES: dict[str, Rule] = {
    ClockKind.ACCEPT: Rule("wages.accept_workdays", Unit.WORKDAYS),
    ClockKind.CLOSE: Rule("wages.close_workdays", Unit.WORKDAYS),
    ClockKind.CONTACT: Rule("wages.contact_workdays", Unit.WORKDAYS),
    ClockKind.DECISION: Rule("wages.decision_workdays", Unit.WORKDAYS),
    ClockKind.SERVICE: Rule("wages.service_days", workdays_up_to=_PENALTY),
    ClockKind.DEMAND: Rule("wages.demand_days", workdays_up_to=_ENFORCEMENT),
    ClockKind.COURT: Rule("wages.court_months", Unit.MONTHS),
    ClockKind.ARB_ACCEPT: Rule("wages.arbitration_accept_days", workdays_up_to=_ARBITRATION),
    ClockKind.ARB_SERVE: Rule("wages.arbitration_serve_days", workdays_up_to=_ARBITRATION),
    ClockKind.ARB_DEFENCE: Rule("wages.arbitration_defence_days", workdays_up_to=_ARBITRATION),
    ClockKind.MEDIATION: Rule("wages.mediation_days", workdays_up_to=_ARBITRATION),
    ClockKind.ARB_AWARD: Rule("wages.arbitration_award_days", workdays_up_to=_ARBITRATION),
    ClockKind.ARB_SUIT: Rule("wages.arbitration_suit_days", workdays_up_to=_ARBITRATION),
    # No clocks of their own: they lengthen, shorten or are counted backwards from a day.
    "extension": Rule("wages.extension_workdays", Unit.WORKDAYS),
    "reopened": Rule("wages.reopened_workdays", Unit.WORKDAYS),
    "arb_award_extra": Rule("wages.arbitration_award_extra_days", Unit.DAYS),
    "arb_fast_award": Rule("wages.arbitration_fast_award_days", Unit.DAYS),
    "arb_hearing_notice": Rule("wages.arbitration_hearing_notice_days", workdays_up_to=_ARBITRATION),
    "suit_against_decision": Rule("wages.suit_months", Unit.MONTHS),
}


@dataclass(frozen=True)
class Term:
    """A length as in force on a day, with the version of the rule that it comes from."""

    length: int
    unit: Unit
    rule: str

    def since(self, start: date) -> Clock:
        return Clock(start, self.length, self.unit)


def term(kind: str, *, on: date) -> Term:
    """How long, as in force that day."""
    rule = RULES[kind]
    found = parameters.get(rule.key, on=on)
    unit, version = rule.unit, found.version
    if unit is None:
        line = parameters.get(rule.workdays_up_to, on=on)
        unit = Unit.WORKDAYS if found.number <= line.number else Unit.DAYS
        version = f"{version} {line.version}"
    return Term(found.number, unit, version)
