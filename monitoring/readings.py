"""A sheet as it is read: each figure with its share, the month before and the same month of the year before."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from . import writing
from .figures import classes
from .figures.definitions import FIGURES, GROUPS, Figure, Unit
from .figures.sheets import Figures
from .figures.suppression import ALL
from .models import Report, Sheet
from .periods import Period, parse
from .writing import NOTHING, Number


@dataclass(frozen=True)
class Line:
    """One category of a figure, in numbers."""

    figure: Figure
    category: str
    now: Number
    before: Number
    year_ago: Number
    known: bool  # False where the number has no meaning (a mean of nobody)
    share: Number

    @property
    def is_told(self) -> bool:
        return self.category != classes.UNKNOWN or self.now != 0

    @property
    def label(self) -> str:
        return self.figure.categories[self.category]

    @property
    def now_text(self) -> str:
        return writing.number(self.now, self.figure.unit) if self.known else NOTHING

    @property
    def share_text(self) -> str:
        return NOTHING if self.share is None else f"{self.share:.1f}%"

    @property
    def before_text(self) -> str:
        return NOTHING if self.before is None else writing.number(self.before, self.figure.unit)

    @property
    def year_ago_text(self) -> str:
        return NOTHING if self.year_ago is None else writing.number(self.year_ago, self.figure.unit)

    @property
    def change(self) -> str:
        return writing.change(self.now, self.before, self.figure.unit)

    @property
    def year_change(self) -> str:
        return writing.change(self.now, self.year_ago, self.figure.unit)


@dataclass(frozen=True)
class Reading:
    """The figures of one division in three months; an absent month is empty."""

    now: Figures
    before: Figures
    year_ago: Figures

    def line(self, key: str, category: str = ALL) -> Line:
        cells = self.now.get(key, {})
        return Line(
            figure=FIGURES[key],
            category=category,
            now=cells.get(category),
            before=self.before.get(key, {}).get(category),
            year_ago=self.year_ago.get(key, {}).get(category),
            known=category in cells,
            share=writing.share(cells.get(category), self.total) if key.startswith("workers.by_") else None,
        )

    def lines(self, key: str) -> list[Line]:
        return [self.line(key, category) for category in FIGURES[key].categories]

    def tables(self) -> Iterator[tuple[str, list[tuple[Figure, list[Line]]]]]:
        """Every group's title with its figures; "not on record" stands there only where it holds somebody."""
        for title, figures in GROUPS:
            yield title, [(figure, [line for line in self.lines(figure.key) if line.is_told]) for figure in figures]

    @cached_property
    def total(self) -> Number:
        return self.now.get("workers.total", {}).get(ALL)

    def outgoing_share(self, figures: Figures | None = None) -> float | None:
        """Share of those who work outside their township, of all whose kind of migration is on record."""
        outgoing, recorded = _outgoing(figures or self.now)
        return writing.share(outgoing, recorded)

    def cross_province_share(self) -> float | None:
        """Of those who work outside their township, who left the province."""
        return writing.share(self.now.get("workers.by_migration", {}).get("province"), _outgoing(self.now)[0])


def _outgoing(figures: Figures) -> tuple[Number, Number]:
    """People outside their township, and all on record: from published numbers only, so both may be unknown."""
    migration = figures.get("workers.by_migration", {})
    total, local, unknown = (
        figures.get("workers.total", {}).get(ALL),
        migration.get(classes.LOCAL),
        migration.get(classes.UNKNOWN),
    )
    if None in (total, local, unknown):
        return None, None
    return total - unknown - local, total - unknown


class Edition:
    """A report with the published reports of the month before and the year before beside it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.period: Period = parse(report.period)

    @cached_property
    def _beside(self) -> dict[str, Report]:
        periods = (str(self.period.previous), str(self.period.year_ago))
        return {row.period: row for row in Report.objects.published().filter(period__in=periods)}

    @cached_property
    def _figures(self) -> dict[tuple[int, str], Figures]:
        reports = [self.report.pk, *(row.pk for row in self._beside.values())]
        rows = Sheet.objects.filter(report__in=reports).values_list("report_id", "division_id", "figures")
        return {(report, division): figures for report, division, figures in rows}

    @property
    def previous(self) -> Report | None:
        return self._beside.get(str(self.period.previous))

    @property
    def year_ago(self) -> Report | None:
        return self._beside.get(str(self.period.year_ago))

    @cached_property
    def divisions(self) -> list[str]:
        """The divisions that have a sheet, the city first."""
        return sorted(division for report, division in self._figures if report == self.report.pk)

    def reading(self, division: str) -> Reading:
        return Reading(*(self._of(report, division) for report in (self.report, self.previous, self.year_ago)))

    def _of(self, report: Report | None, division: str) -> Figures:
        return self._figures.get((report.pk, division), {}) if report else {}


def unit_word(unit: Unit) -> str:
    return str(unit.value)
