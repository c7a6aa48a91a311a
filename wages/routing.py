"""Which office gets a case: rules over facts, the first that fits decides. Pure; `routing_sql` says the same in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

UNKNOWN_EMPLOYER = "unknown"
DISTRICT_DIGITS = 6


@dataclass(frozen=True)
class Facts:
    """What is known when a case is filed. `employer_kind` is the registered employer's industry, "" where that is not
    known, or `UNKNOWN_EMPLOYER`."""

    kind: str
    field_type: str
    division: str
    employer_kind: str
    amount_fen: int | None
    headcount: int


@dataclass(frozen=True)
class Rule:
    """Conditions that must all hold; an empty one holds for everything. `office` "" is the place's own."""

    key: int
    order: int
    kind: str = ""
    field_type: str = ""
    place: str = ""
    employer_kind: str = ""
    amount_from_fen: int | None = None
    headcount_from: int | None = None
    office: str = ""
    strategy: str = ""
    valid_from: date = date.min
    valid_to: date | None = None


@dataclass(frozen=True)
class Way:
    """Where a case goes, by which rule (None: none fitted) and how its handler is found."""

    office: str
    rule: int | None = None
    strategy: str = ""


def fits(rule: Rule, facts: Facts) -> bool:
    if rule.amount_from_fen is not None and (facts.amount_fen is None or facts.amount_fen < rule.amount_from_fen):
        return False
    return (
        rule.kind in ("", facts.kind)
        and rule.field_type in ("", facts.field_type)
        and facts.division.startswith(rule.place)
        and rule.employer_kind in ("", facts.employer_kind)
        and (rule.headcount_from is None or facts.headcount >= rule.headcount_from)
    )


def route(facts: Facts, rules: Iterable[Rule]) -> Way:
    """The way of the first rule that fits, else the office of the place where the labour is used (监察条例 art. 13)."""
    own = facts.division[:DISTRICT_DIGITS]
    for rule in in_order(rules):
        if fits(rule, facts):
            return Way(rule.office or own, rule.key, rule.strategy)
    return Way(own)


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: (rule.order, rule.key))


def in_force(rules: Iterable[Rule], day: date) -> list[Rule]:
    return [rule for rule in rules if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)]
