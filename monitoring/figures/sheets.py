"""From facts to sheets: what each division publishes, with small numbers of people taken out.

A sheet is figure key → category → number. `None` is a number that is kept back; a category that has no meaning in
a division (a mean of nobody) is left out.
"""

from collections.abc import Mapping

from ..enums import SMALL_CELL
from . import classes, matters, registry
from .registry import DIMENSIONS, NOBODY, Facts
from .suppression import ALL, Guard, Table

CITY_ROW = ALL  # the row of the whole city in the tables that `protect` sees

Figures = dict[str, dict[str, float | int | None]]
Sheets = dict[str, Figures]

_CLASSES = {
    "migration": classes.MIGRATION,
    "sex": classes.SEX,
    "age": classes.AGE,
    "education": classes.EDUCATION,
    "industry": classes.INDUSTRY,
}
FEWEST_EARNERS = SMALL_CELL  # behind a mean


def _keys(dimension: str) -> list[str]:
    return [*(group.key for group in _CLASSES[dimension]), classes.UNKNOWN]


def people(facts: registry.Registry, rows: list[str], guard: Guard) -> dict[str, Figures]:
    """Headcounts by district (`rows`), for the city and for those registered outside, after suppression."""
    everywhere = [*rows, registry.OUTSIDE]
    tables: dict[str, Table] = {
        f"workers.by_{dimension}": {
            row: {key: facts[row][dimension].get(key, NOBODY).people for key in _keys(dimension)} for row in everywhere
        }
        for dimension in DIMENSIONS
    }
    hidden = guard.hide(tables)
    city = registry.whole_city(facts)
    sheets: dict[str, Figures] = {}
    for row in [CITY_ROW, *rows]:
        of_row = city if row == CITY_ROW else facts[row]
        total = of_row[""].get("", NOBODY).people
        sheets[row] = {"workers.total": {ALL: None if (row, ALL) in hidden["workers.by_sex"] else total}}
        for dimension in DIMENSIONS:
            sheets[row][f"workers.by_{dimension}"] = {
                key: None
                if (row, key) in hidden[f"workers.by_{dimension}"]
                else of_row[dimension].get(key, NOBODY).people
                for key in _keys(dimension)
            }
    return sheets


def mean(facts: Facts) -> int | None:
    """Whole yuan a month: earnings over months worked, so that a full year weighs twelve times one month."""
    return None if facts.earners < FEWEST_EARNERS else round(facts.earnings_fen / facts.months / 100)


def incomes(of_row: Mapping[str, Mapping[str, Facts]], counts: Figures) -> Figures:
    """Mean incomes of one division; a class whose headcount is kept back keeps its mean back too."""
    migration, industry = of_row["migration"], of_row["industry"]
    outgoing = sum((migration.get(key, NOBODY) for key in classes.OUTGOING), NOBODY)
    whole = counts["workers.total"][ALL] is None
    return {
        "income.mean": _means(
            {
                ALL: (of_row[""].get("", NOBODY), whole),
                classes.LOCAL: (
                    migration.get(classes.LOCAL, NOBODY),
                    counts["workers.by_migration"][classes.LOCAL] is None,
                ),
                "outgoing": (outgoing, whole),
            }
        ),
        "income.by_industry": _means(
            {
                group.key: (industry.get(group.key, NOBODY), counts["workers.by_industry"][group.key] is None)
                for group in classes.INDUSTRY
            }
        ),
    }


def _means(cells: Mapping[str, tuple[Facts, bool]]) -> dict[str, int | None]:
    return {key: None if kept_back else mean(facts) for key, (facts, kept_back) in cells.items() if facts.earners}


def rate(on_time: int, due: int) -> float:
    """Per cent with one decimal, rounded down: 95.96 must not read as the target of 96 being met."""
    return on_time * 1000 // due / 10


def events(counts: matters.Counts, rows: list[str], figure: str, key: str, guard: Guard) -> dict[str, int | None]:
    """One count by district, protected against its city total."""
    table = _by_district(counts, rows, key)
    name = table_name(figure, key)
    hidden = guard.hide({name: table})[name]
    return {row: None if (row, key) in hidden else number for row, number in _numbers(table, rows, key).items()}


def case_counts(counts: matters.Counts, rows: list[str], key: str, guard: Guard) -> dict[str, int | None]:
    """One count of cases: the city's is always published, a district's only when it points at nobody.

    With fewer cases in the whole city than a small cell, even a district's 0 would help to find whose they are.
    """
    city = sum(row.get(key, 0) for row in counts.values())
    if 0 < city < SMALL_CELL:
        guard.hide_inside(table_name("wages.cases", key), _by_district(counts, rows, key))
        return {CITY_ROW: city, **dict.fromkeys(rows)}
    return events(counts, rows, "wages.cases", key, guard)


def table_name(figure: str, key: str) -> str:
    """Under which a count's table is kept, to be looked at beside the next publication."""
    return f"{figure}:{key}"


def _by_district(counts: matters.Counts, rows: list[str], key: str) -> Table:
    return {row: {key: counts.get(row, {}).get(key, 0)} for row in {*rows, *counts}}


def _numbers(table: Table, rows: list[str], key: str) -> dict[str, int]:
    numbers = {row: cells[key] for row, cells in table.items()}
    numbers[CITY_ROW] = sum(numbers.values())
    return {row: numbers[row] for row in [CITY_ROW, *rows]}
