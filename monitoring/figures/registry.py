"""People and their incomes, for the city and every district at once.

The registry is read once: it shrinks to one row per combination of classes (tens of thousands at most), and
GROUPING SETS over those rows give every table of every district together.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from . import classes
from .classes import UNKNOWN

OUTSIDE = "outside"  # registered residence outside Chongqing: in the city's figures, on no district's sheet
DIMENSIONS = ("migration", "sex", "age", "education", "industry")


class Facts(NamedTuple):
    """People of one class, and what those of them with a stated income earned in how many months."""

    people: int = 0
    earners: int = 0
    earnings_fen: int = 0
    months: int = 0

    def __add__(self, other: "Facts") -> "Facts":
        return Facts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


NOBODY = Facts()

# (dimension, class, facts) → facts as they shall count
Adjust = Callable[[str, str, Facts], Facts]

# district → dimension ("" for everybody) → class → facts
Registry = dict[str, dict[str, dict[str, Facts]]]

_QUERY = """
WITH cells AS MATERIALIZED (
    SELECT CASE WHEN hukou_district = ANY (%(districts)s) THEN hukou_district ELSE %(outside)s END AS district,
           {migration} AS migration, {sex} AS sex, {age} AS age, {education} AS education, {industry} AS industry,
           count(*) AS people,
           count(*) FILTER (WHERE {earns}) AS earners,
           coalesce(sum(monthly_income_fen * months_worked) FILTER (WHERE {earns}), 0) AS earnings_fen,
           coalesce(sum(months_worked) FILTER (WHERE {earns}), 0) AS months
    FROM workers_worker
    WHERE created_at < %(before)s AND merged_into_id IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT district,
       CASE WHEN grouping(migration) = 0 THEN 'migration' WHEN grouping(sex) = 0 THEN 'sex'
            WHEN grouping(age) = 0 THEN 'age' WHEN grouping(education) = 0 THEN 'education'
            WHEN grouping(industry) = 0 THEN 'industry' ELSE '' END,
       coalesce(migration, sex, age, education, industry, ''),
       sum(people)::bigint, sum(earners)::bigint, sum(earnings_fen)::bigint, sum(months)::bigint
FROM cells
GROUP BY GROUPING SETS (
    (district), (district, migration), (district, sex), (district, age), (district, education), (district, industry)
)
"""
_EARNS = "monthly_income_fen IS NOT NULL AND months_worked > 0"


def _cases(column: str, groups: tuple[classes.Group, ...]) -> str:
    """SQL that turns a registry code into its class."""
    whens = " ".join(f"WHEN {column} IN ({_quoted(group.codes)}) THEN '{group.key}'" for group in groups)
    return f"CASE {whens} ELSE '{UNKNOWN}' END"


def _quoted(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _born_by(day: date, years: int) -> date:
    """The last birth date of those who have completed `years` on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=day.year - years, day=28)


def _age_cases(day: date) -> str:
    """Bands from the oldest down, so that each needs only its lower end."""
    whens = " ".join(
        f"WHEN birth_date <= DATE '{_born_by(day, band.since)}' THEN '{band.key}'" for band in reversed(classes.AGE)
    )
    return f"CASE {whens} ELSE '{UNKNOWN}' END"


def query(snapshot_on: date) -> str:
    """The statement; its parameters are `districts`, `outside` and `before`."""
    return _QUERY.format(
        migration=_cases("migration_type", classes.MIGRATION),
        sex=_cases("sex", classes.SEX),
        age=_age_cases(snapshot_on),
        education=_cases("education", classes.EDUCATION),
        industry=_cases("industry", classes.INDUSTRY),
        earns=_EARNS,
    )


def _as_found(dimension: str, key: str, facts: Facts) -> Facts:
    return facts


def read(districts: list[str], *, snapshot_on: date, before: datetime, adjust: Adjust | None = None) -> Registry:
    """The facts of each district and of those registered elsewhere; people recorded before `before` count."""
    adjust = adjust or _as_found
    found: Registry = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(query(snapshot_on), {"districts": districts, "outside": OUTSIDE, "before": before})
        for district, dimension, key, *facts in cursor:
            found[district][dimension][key] = adjust(dimension, key, Facts(*facts))
    return found


def whole_city(registry: Registry) -> dict[str, dict[str, Facts]]:
    """The districts added up."""
    city: dict[str, dict[str, Facts]] = defaultdict(lambda: defaultdict(Facts))
    for dimensions in registry.values():
        for dimension, cells in dimensions.items():
            for key, facts in cells.items():
                city[dimension][key] += facts
    return city
