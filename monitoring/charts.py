"""Bars and the table of districts, in the shapes that the components expect."""

from typing import Any

from django.utils.translation import gettext as _

from core.divisions import CITY, name_of

from .figures import classes
from .figures.definitions import FIGURES
from .readings import Edition, Reading

_BY_PEOPLE = ("workers.by_migration", "workers.by_age", "workers.by_education", "workers.by_industry")


def of(reading: Reading) -> list[dict[str, Any]]:
    """How the people divide, one chart for each class that anybody is in."""
    charts = [_people(reading, key) for key in _BY_PEOPLE]
    return [chart for chart in charts if any(bar["value"] for bar in chart["bars"])]


def incomes(reading: Reading, edition: Edition) -> dict[str, Any]:
    """Income by industry, the highest first, beside last year."""
    lines = sorted(reading.lines("income.by_industry"), key=lambda line: -(line.now or 0))
    return {
        "title": _("分行业月均收入"),
        "now": edition.period.name,
        "before": edition.period.year_ago.name if edition.year_ago else "",
        "note": _("当年劳动收入 ÷ 从业月数，按月数加权。"),
        "bars": [
            {
                "label": classes.SHORT[line.category],
                "value": line.now or 0,
                "before": line.year_ago or 0,
                "text": line.now_text,
            }
            for line in lines
            if line.known
        ],
    }


def _people(reading: Reading, key: str) -> dict[str, Any]:
    """The length is the number of people; the words say their share."""
    figure = FIGURES[key]
    return {
        "title": figure.title,
        "now": "",
        "before": "",
        "note": "",
        "bars": [
            {
                "label": classes.SHORT.get(line.category, line.label),
                "value": line.now or 0,
                "text": line.share_text if line.share is not None else line.now_text,
            }
            for line in reading.lines(key)
            if line.is_told
        ],
    }


def districts(edition: Edition) -> list[dict[str, Any]]:
    """One row per district with the numbers that people compare."""
    rows = []
    for code in edition.divisions:
        if code == CITY:
            continue
        reading = edition.reading(code)
        share = reading.outgoing_share()
        rows.append(
            {
                "code": code,
                "name": name_of(code),
                "people": reading.line("workers.total"),
                "outgoing": "—" if share is None else f"{share:.1f}%",
                "income": reading.line("income.mean"),
                "on_time": reading.line("wages.on_time_rate"),
                "placed": reading.line("jobs.placements"),
            }
        )
    return sorted(rows, key=lambda row: (-(row["people"].now or 0), row["code"]))
