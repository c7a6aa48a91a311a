"""What a project's page shows of its months: people, sums and days, from the files."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from employers.models import Project

from .watch.months import due_days

SHOWN = 12
_MONTHS = """
WITH line AS (
    SELECT DISTINCT ON (month, person, teller, paid_on)
        month, person, teller, greatest(owed_fen, agreed_fen) AS due, paid_fen, paid_on
    FROM sites_payrollline WHERE project_id = %(project)s AND month >= %(since)s
    ORDER BY month, person, teller, paid_on, batch_id DESC
),
wage AS (
    SELECT month, person, max(due) AS due, max(paid_on) AS last,
        CASE WHEN bool_or(teller = 1) THEN sum(paid_fen) FILTER (WHERE teller = 1) ELSE sum(paid_fen) END AS paid
    FROM line GROUP BY month, person
),
present AS (
    SELECT month, count(DISTINCT person) AS people FROM sites_attendanceline
    WHERE project_id = %(project)s AND month >= %(since)s GROUP BY month
)
SELECT month, count(person), coalesce(sum(due), 0), coalesce(sum(paid), 0), count(*) FILTER (WHERE paid < due),
    max(last), max(p.people)
FROM wage FULL JOIN present p USING (month)
GROUP BY month ORDER BY month DESC LIMIT %(shown)s
"""


@dataclass(frozen=True)
class Month:
    """One month of a project."""

    month: date
    due_on: date
    people: int
    due_fen: int
    paid_fen: int
    short: int
    last: date | None
    present: int


def months(project: Project, *, since: date) -> list[Month]:
    """The latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, {"project": project.pk, "since": since, "shown": SHOWN})
        rows = cursor.fetchall()
    return [
        Month(month, due_days(month)[project.pay_day], people, int(due), int(paid), short, last, present or 0)
        for month, people, due, paid, short, last, present in rows
    ]
