"""What a new version of a month changed, against the version before it."""

from dataclasses import dataclass

from core.divisions import name_of

from . import writing
from .figures.definitions import FIGURES
from .models import Report, Sheet


@dataclass(frozen=True)
class Change:
    """One number that differs between two versions."""

    division: str
    figure: str
    category: str
    before: str
    now: str


def before(report: Report) -> Report | None:
    """The version that the public read before this one."""
    earlier = Report.objects.of(report.period).filter(version__lt=report.version, published_at__isnull=False)
    return earlier.order_by("-version").first()


def between(old: Report, new: Report) -> list[Change]:
    """Every published number that differs, the city's first."""
    sheets = {
        (row.report_id, row.division_id): row.figures for row in Sheet.objects.filter(report__in=[old.pk, new.pk])
    }
    divisions = sorted({division for _report, division in sheets})
    found = []
    for division in divisions:
        was, is_now = (sheets.get((report.pk, division), {}) for report in (old, new))
        for figure in FIGURES.values():
            for category, label in figure.categories.items():
                pair = [cells.get(figure.key, {}).get(category, "") for cells in (was, is_now)]
                if pair[0] != pair[1]:
                    texts = ["" if value == "" else writing.number(value, figure.unit) for value in pair]
                    found.append(Change(name_of(division), str(figure.title), str(label), *texts))
    return found
