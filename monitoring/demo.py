"""Thirteen published months and a draft for the demo, so that every report has a month and a year to compare with.

How its past is made: headcounts, vacancies, placements and complaints come from the synthetic rows' own dates. The
registry keeps only present incomes, so a past month's are today's, moved back by the growth from 2024 to 2025 that
the National Bureau of Statistics published. Such reports carry the origin `demo_history` and say so on every page.
"""

import csv
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from accounts.demo import refuse_outside_demo
from accounts.models import User
from core.calendar import local_day

from . import services
from .enums import Origin
from .figures import classes
from .figures.registry import Adjust, Facts
from .models import Report
from .periods import Period, of_day

MONTHS_BACK = 12
_BUILT_AFTER, _PUBLISHED_AFTER = timedelta(days=1, hours=1, minutes=30), timedelta(days=4, hours=10)
_SURVEY_NAMES = {
    "manufacturing": "制造业",
    "construction": "建筑业",
    "trade": "批发和零售业",
    "transport": "交通运输仓储和邮政业",
    "catering": "住宿和餐饮业",
    "services": "居民服务修理和其他服务业",
}


def seed(*, rng_seed: int, at: datetime, scale: int) -> None:
    """Add the reports once; the people, jobs and cases must be there."""
    refuse_outside_demo()
    city = User.objects.filter(username="city").first()
    if Report.objects.exists() or city is None:
        return
    newest = of_day(local_day(at)).previous
    for back in range(MONTHS_BACK, -1, -1):
        _publish(newest.months_before(back), back, city, at)
    services.build(of_day(local_day(at)), by=None, at=at, origin=Origin.DEMO)


def _publish(period: Period, back: int, city: User, at: datetime) -> None:
    """As the office would: built in the night of the 2nd, published on the 5th."""
    report = services.build(
        period,
        by=None,
        at=min(period.end + _BUILT_AFTER, at),
        origin=Origin.DEMO_HISTORY if back else Origin.DEMO,
        adjust=moved_back(back) if back else None,
    )
    services.publish(report, by=city, at=min(period.end + _PUBLISHED_AFTER, at))


@cache
def _survey_growth() -> dict[tuple[str, str], float]:
    """(breakdown, category) → mean income of 2025 over that of 2024."""
    path = Path(settings.BASE_DIR) / "workers" / "data" / "nbs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == "mean_monthly_income"]
    by_year = {(row["year"], row["breakdown"], row["category"]): float(row["value"]) for row in rows}
    return {
        (breakdown, category): value / by_year["2024", breakdown, category]
        for (year, breakdown, category), value in by_year.items()
        if year == "2025"
    }


def yearly_growth(dimension: str, key: str) -> float:
    """How incomes of one class grew in a year; the average where the survey names no figure."""
    growth = _survey_growth()
    if dimension == "migration" and key != classes.UNKNOWN:
        return growth["migration", "local" if key == classes.LOCAL else "outgoing"]
    if dimension == "industry" and key in _SURVEY_NAMES:
        return growth["industry", _SURVEY_NAMES[key]]
    return growth["migration", "total"]


def moved_back(months: int) -> Adjust:
    """Incomes as they would have been so many months ago; headcounts stay as counted."""

    def earlier(dimension: str, key: str, facts: Facts) -> Facts:
        factor = yearly_growth(dimension, key) ** (months / 12)
        return facts._replace(earnings_fen=round(facts.earnings_fen / factor))

    return earlier
