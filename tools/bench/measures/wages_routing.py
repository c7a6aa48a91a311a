"""`wages.routing_simulation`: a rule tried on a year of cases, beside the same counts by a hand-written statement."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from wages.routing import Rule
from wages.routing_sql import simulate

from .. import wagecases
from ..rows import Row, Target
from ..stage import Stage, median_seconds, query_seconds

TARGET = Target(20, "at most")
TIMES = 3
IN_FORCE = [
    Rule(key=1, order=10, headcount_from=30, office="500000"),
    Rule(key=2, order=20, amount_from_fen=50_000_000, office="500000"),
    Rule(key=3, order=30, field_type="other", place="5001", strategy="least"),
    Rule(key=4, order=40, employer_kind="unknown", kind="report", office="500103"),
]
TRIED = Rule(key=5, order=5, headcount_from=10, field_type="construction", office="500000")
BY_HAND = """
WITH ways AS MATERIALIZED (
    SELECT CASE WHEN c.headcount >= 30 OR c.amount_fen >= 50000000 THEN '500000'
                WHEN c.field_type = 'other' AND c.division LIKE '5001%' THEN left(c.division, 6)
                WHEN c.employer_id IS NULL AND c.kind = 'report' THEN '500103'
                ELSE left(c.division, 6) END AS before,
           CASE WHEN c.headcount >= 10 AND c.field_type = 'construction' THEN '500000'
                WHEN c.headcount >= 30 OR c.amount_fen >= 50000000 THEN '500000'
                WHEN c.field_type = 'other' AND c.division LIKE '5001%' THEN left(c.division, 6)
                WHEN c.employer_id IS NULL AND c.kind = 'report' THEN '500103'
                ELSE left(c.division, 6) END AS after
    FROM wages_case c WHERE c.submitted_at >= now() - interval '365 days'
) SELECT before, after, count(*) FROM ways GROUP BY before, after
"""


def measure(stage: Stage) -> Iterator[Row]:
    wagecases.load(stage)
    now = timezone.now()
    since = now - timedelta(days=365)

    def run() -> None:
        simulate(IN_FORCE, [*IN_FORCE, TRIED], since=since, until=now)

    yield stage.row(
        "wages.routing_simulation",
        median_seconds(run, TIMES),
        "s",
        baseline=query_seconds(BY_HAND, TIMES),
        baseline_is="the counts alone, by one statement written by hand for these very rules, s",
        target=TARGET,
    )
