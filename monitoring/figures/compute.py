"""All figures of a month, for the city and every district."""

from core.divisions import CITY

from ..periods import Period
from . import matters, registry, sheets
from .definitions import HOUSING, JOBS, WAGES
from .registry import Adjust
from .sheets import CITY_ROW, Sheets
from .suppression import ALL


def compute(period: Period, districts: list[str], *, adjust: Adjust | None = None) -> Sheets:
    """Division code → figures, ready to be published. `adjust` is how the demo makes its synthetic past."""
    facts = registry.read(districts, snapshot_on=period.last, before=period.end, adjust=adjust)
    result = sheets.people(facts, districts)
    city = registry.whole_city(facts)
    for row, figures in result.items():
        figures.update(sheets.incomes(city if row == CITY_ROW else facts[row], figures))
    _add_jobs(result, period, districts)
    _add_wages(result, period, districts)
    _add_counts(result, "housing.queue", matters.housing(period), districts, list(HOUSING[0].categories))
    result[CITY] = result.pop(CITY_ROW)
    return result


def _add_counts(result: Sheets, figure: str, counts: matters.Counts, districts: list[str], keys: list[str]) -> None:
    for key in keys:
        for row, number in sheets.events(counts, districts, key).items():
            result[row].setdefault(figure, {})[key] = number


def _add_jobs(result: Sheets, period: Period, districts: list[str]) -> None:
    """Vacancies are posts, not people, so nothing of them is kept back."""
    posts = matters.vacancies(period)
    for key in JOBS[0].categories:
        for row in districts:
            result[row].setdefault("jobs.vacancies", {})[key] = posts.get(row, {}).get(key, 0)
        result[CITY_ROW].setdefault("jobs.vacancies", {})[key] = sum(row[key] for row in posts.values())
    _add_counts(result, "jobs.placements", matters.placements(period), districts, [ALL])


def _add_wages(result: Sheets, period: Period, districts: list[str]) -> None:
    counts = matters.cases(period)
    for key in WAGES[0].categories:
        for row, number in sheets.case_counts(counts, districts, key).items():
            result[row].setdefault("wages.cases", {})[key] = number
    for row, figures in result.items():
        rows = counts.values() if row == CITY_ROW else [counts[row]] if row in counts else []
        due, on_time = (sum(cells[key] for cells in rows) for key in ("due", "on_time"))
        if due:
            kept_back = figures["wages.cases"]["due"] is None
            figures["wages.on_time_rate"] = {ALL: None if kept_back else sheets.rate(on_time, due)}
