"""Vacancies and placements, complaints and the on-time rate, the housing queue: one statement per matter.

Each reader returns district → category → number. Dates are kept with the rows, so a past month gives the same
figures whenever it is built; the exceptions (withdrawn complaints, complaints handed over to another district,
stages of housing) are stated in the definitions.
"""

from typing import Any

from django.db import connection

from housing.enums import State as Housing
from jobs.enums import VacancyState
from wages.enums import CaseState

from ..periods import Period

Counts = dict[str, dict[str, int]]

_VACANCIES = """
SELECT district, count(*), sum(headcount)::bigint FROM jobs_vacancy
WHERE checked_at >= %(start)s AND checked_at < %(end)s
  AND (state = ANY (%(once_public)s) OR (state = %(closed)s AND refusal_reason = ''))
GROUP BY district
"""

_PLACEMENTS = """
SELECT w.hukou_district, count(*) FROM jobs_application a JOIN workers_worker w ON w.id = a.worker_id
WHERE a.hired_at >= %(start)s AND a.hired_at < %(end)s
GROUP BY w.hukou_district
"""

# A case is filed from `accepted_at` on; its last legal day is then `close_by`, extensions included.
_CASES = """
SELECT left(division, 6),
       count(*) FILTER (WHERE submitted_at >= %(start)s),
       count(*) FILTER (WHERE ended_on >= %(first)s AND judged),
       count(*) FILTER (WHERE ended_on IS NULL),
       count(*) FILTER (WHERE on_time OR late),
       count(*) FILTER (WHERE on_time)
FROM (
    SELECT division, submitted_at, ended_on, judged,
           judged AND ended_on >= %(first)s AND ended_on <= last_day AS on_time,
           CASE WHEN filed THEN last_day BETWEEN %(first)s AND %(last)s AND coalesce(ended_on > last_day, true)
                ELSE judged AND ended_on >= %(first)s AND ended_on > last_day END AS late
    FROM (
        SELECT division, submitted_at, state <> ALL (%(not_judged)s) AS judged,
               coalesce(accepted_at < %(end)s, false) AS filed,
               CASE WHEN accepted_at < %(end)s THEN close_by ELSE accept_by END AS last_day,
               CASE WHEN closed_at < %(end)s THEN (closed_at AT TIME ZONE 'Asia/Shanghai')::date END AS ended_on
        FROM wages_case WHERE submitted_at < %(end)s
    ) dated
) judged
GROUP BY 1
"""

_STAGES = {
    "accepting": (Housing.SUBMITTED, Housing.DOCS_DUE),
    "preliminary": (Housing.PRELIMINARY_REVIEW,),
    "final": (Housing.FINAL_REVIEW,),
    "publicity": (Housing.PUBLICITY,),
    "waiting": (Housing.WAITING,),
    "housed": (Housing.ALLOTTED, Housing.CONFIRMED, Housing.LEASED),
}
_HOUSING = """
SELECT left(division_id, 6), state, count(*) FROM housing_housingapplication
WHERE submitted_at < %(end)s AND state = ANY (%(states)s)
GROUP BY 1, 2
"""


def _rows(statement: str, **parameters: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _month(period: Period) -> dict[str, Any]:
    return {"start": period.start, "end": period.end, "first": period.first, "last": period.last}


def vacancies(period: Period) -> Counts:
    """Published vacancies and the people they look for, by place of work."""
    rows = _rows(
        _VACANCIES,
        start=period.start,
        end=period.end,
        once_public=[VacancyState.PUBLISHED, VacancyState.FILLED, VacancyState.EXPIRED],
        closed=VacancyState.CLOSED,
    )
    return {district: {"published": count, "places": places} for district, count, places in rows}


def placements(period: Period) -> Counts:
    """Hires confirmed in the month, by registered residence."""
    return {district: {"all": count} for district, count in _rows(_PLACEMENTS, start=period.start, end=period.end)}


def cases(period: Period) -> Counts:
    """Complaints and reports. `due` is the rate's denominator, `on_time` its numerator."""
    rows = _rows(_CASES, **_month(period), not_judged=[CaseState.WITHDRAWN, CaseState.JOINED])
    keys = ("filed", "closed", "open", "due", "on_time")
    return {district: dict(zip(keys, counts, strict=True)) for district, *counts in rows}


def housing(period: Period) -> Counts:
    """Applications handed in by the end of the month, by their present stage."""
    stage_of = {state: stage for stage, states in _STAGES.items() for state in states}
    found: Counts = {}
    for district, state, count in _rows(_HOUSING, end=period.end, states=list(stage_of)):
        stages = found.setdefault(district, dict.fromkeys(_STAGES, 0))
        stages[stage_of[state]] += count
    return found
