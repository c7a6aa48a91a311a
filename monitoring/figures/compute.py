"""All figures of a month, for the city and every district."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.divisions import CITY

from ..periods import Period
from . import matters, registry, sheets
from .definitions import HOUSING, JOBS, WAGES, Figure
from .registry import Adjust
from .sheets import CITY_ROW, Sheets
from .suppression import ALL, Cell, Guard, Table, Told


class Month(NamedTuple):
    """Division code → figures, ready to be published; and what is not: the protected tables as they are, with the
    cells that each hides."""

    sheets: Sheets
    tables: dict[str, tuple[Table, set[Cell]]]


def compute(
    period: Period, districts: list[str], *, past: Sequence[Mapping[str, Told]] = (), adjust: Adjust | None = None
) -> Month:
    """`past` holds the publications beside which this one will be read; `adjust` is how the demo makes its past."""
    guard = Guard(past)
    facts = registry.read(districts, snapshot_on=period.last, before=period.end, adjust=adjust)
    result = sheets.people(facts, districts, guard)
    city = registry.whole_city(facts)
    for row, figures in result.items():
        figures.update(sheets.incomes(city if row == CITY_ROW else facts[row], figures))
    _add_jobs(result, period, districts, guard)
    _add_wages(result, period, districts, guard)
    _add_counts(result, HOUSING[0], matters.housing(period), districts, guard)
    result[CITY] = result.pop(CITY_ROW)
    return Month(result, guard.tables)


def _add_counts(result: Sheets, figure: Figure, counts: matters.Counts, districts: list[str], guard: Guard) -> None:
    for key in figure.categories:
        for row, number in sheets.events(counts, districts, figure.key, key, guard).items():
            result[row].setdefault(figure.key, {})[key] = number


def _add_jobs(result: Sheets, period: Period, districts: list[str], guard: Guard) -> None:
    """Vacancies are posts, not people, so nothing of them is kept back."""
    posts = matters.vacancies(period)
    for key in JOBS[0].categories:
        for row in districts:
            result[row].setdefault("jobs.vacancies", {})[key] = posts.get(row, {}).get(key, 0)
        result[CITY_ROW].setdefault("jobs.vacancies", {})[key] = sum(row[key] for row in posts.values())
    _add_counts(result, JOBS[1], matters.placements(period), districts, guard)


def _add_wages(result: Sheets, period: Period, districts: list[str], guard: Guard) -> None:
    counts = matters.cases(period)
    for key in WAGES[0].categories:
        for row, number in sheets.case_counts(counts, districts, key, guard).items():
            result[row].setdefault("wages.cases", {})[key] = number
    for row, figures in result.items():
        rows = counts.values() if row == CITY_ROW else [counts[row]] if row in counts else []
        due, on_time = (sum(cells[key] for cells in rows) for key in ("due", "on_time"))
        if due:
            kept_back = figures["wages.cases"]["due"] is None
            figures["wages.on_time_rate"] = {ALL: None if kept_back else sheets.rate(on_time, due)}
