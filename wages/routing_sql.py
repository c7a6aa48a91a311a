"""The rules of `routing` as one SQL expression, to try them on every case of a year at once. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from .routing import DISTRICT_DIGITS, UNKNOWN_EMPLOYER, Rule, in_order

EXAMPLES = 20

# What `routing.Facts` says of a case, as the columns of `f`.
FACTS = f"""
SELECT c.id, c.number, c.kind, c.field_type, c.division, c.amount_fen, c.headcount,
       CASE WHEN e.id IS NULL THEN '{UNKNOWN_EMPLOYER}' ELSE e.industry END AS employer_kind
FROM wages_case c LEFT JOIN employers_employer e ON e.id = c.employer_id
WHERE c.submitted_at >= %s AND c.submitted_at < %s
"""
COUNTS = """
WITH f AS MATERIALIZED ({facts}),
     ways AS MATERIALIZED (SELECT {before} AS before, {after} AS after FROM f)
SELECT before, after, count(*) FROM ways GROUP BY before, after
"""
MOVED = """
WITH f AS ({facts}), ways AS (SELECT f.*, {before} AS before, {after} AS after FROM f)
SELECT id, number, headcount, amount_fen, before, after FROM ways WHERE before <> after ORDER BY id DESC LIMIT {limit}
"""


@dataclass(frozen=True)
class Example:
    """A case that would have gone elsewhere."""

    case: int
    number: str
    headcount: int
    amount_fen: int | None
    before: str
    after: str


@dataclass(frozen=True)
class Simulation:
    """How many cases each office would have had, and some of those that would have moved."""

    cases: int
    moved: int
    offices: list[tuple[str, int, int]]
    examples: list[Example]


def office(rules: Iterable[Rule]) -> tuple[str, list[Any]]:
    """An SQL expression over the columns of `f` for the office of a case, with its parameters."""
    own = f"left(f.division, {DISTRICT_DIGITS})"
    parts, values = [], []
    for rule in in_order(rules):
        condition, given = _condition(rule)
        parts.append(f"WHEN {condition} THEN {'%s' if rule.office else own}")
        values += [*given, *([rule.office] if rule.office else [])]
    return (f"CASE {' '.join(parts)} ELSE {own} END", values) if parts else (own, [])


def _condition(rule: Rule) -> tuple[str, list[Any]]:
    wanted = {
        "f.kind = %s": rule.kind,
        "f.field_type = %s": rule.field_type,
        "starts_with(f.division, %s)": rule.place,
        "f.employer_kind = %s": rule.employer_kind,
        "f.amount_fen >= %s": rule.amount_from_fen,
        "f.headcount >= %s": rule.headcount_from,
    }
    asked = {text: value for text, value in wanted.items() if value not in ("", None)}
    return " AND ".join(asked) or "TRUE", list(asked.values())


def simulate(before: Iterable[Rule], after: Iterable[Rule], *, since: datetime, until: datetime) -> Simulation:
    """Both sets of rules over the cases filed in between, whatever days the rules themselves are valid on."""
    before, after = list(before), list(after)
    old, old_values = office(before)
    new, new_values = office(after)
    values = [since, until, *old_values, *new_values]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")
        cursor.execute(COUNTS.format(facts=FACTS, before=old, after=new), values)
        rows = cursor.fetchall()
        cursor.execute(MOVED.format(facts=FACTS, before=old, after=new, limit=EXAMPLES), values)
        examples = [Example(*row) for row in cursor.fetchall()]
    counts: dict[str, list[int]] = {}
    for was, now, many in rows:
        counts.setdefault(was, [0, 0])[0] += many
        counts.setdefault(now, [0, 0])[1] += many
    offices = sorted((code, *pair) for code, pair in counts.items())
    moved = sum(many for was, now, many in rows if was != now)
    return Simulation(sum(many for _was, _now, many in rows), moved, offices, examples)
