"""Beside which publications a month is read: its own other versions, the month before and the month after.

Numbers at the end of a month (people on record, open cases, the housing queue) are compared from month to month.
What happened within a month (hires, cases filed) is compared between versions of that month only.
"""

from collections.abc import Iterable, Mapping

from .enums import ReportState
from .figures.sheets import table_name
from .figures.suppression import Cell, Table, Told, with_totals
from .models import Report, Worksheet
from .periods import Period

_FLOWS = {
    table_name("jobs.placements", "all"),
    *(table_name("wages.cases", key) for key in ("filed", "closed", "due")),
}


def publications(period: Period) -> list[Report]:
    """Every version that was ever public, of this month and of those next to it; a withdrawn one was read too."""
    months = [str(period.previous), str(period), str(period.next)]
    public = Report.objects.filter(period__in=months).exclude(state=ReportState.DRAFT)
    return list(public.order_by("period", "version"))


def told(period: Period) -> list[dict[str, Told]]:
    """The tables of those publications, as the suppression takes them."""
    reports = {report.pk: report for report in publications(period)}
    found: dict[int, dict[str, Told]] = {pk: {} for pk in reports}
    for sheet in Worksheet.objects.filter(report__in=reports):
        if reports[sheet.report_id].period == str(period) or sheet.name not in _FLOWS:
            hidden = frozenset((row, column) for row, column in sheet.hidden)
            found[sheet.report_id][sheet.name] = Told(with_totals(sheet.numbers), hidden)
    return [tables for tables in found.values() if tables]


def worksheets(report: Report, tables: Mapping[str, tuple[Table, Iterable[Cell]]]) -> list[Worksheet]:
    """The rows that keep a report's tables."""
    return [
        Worksheet(report=report, name=name, numbers=table, hidden=sorted(map(list, hidden)))
        for name, (table, hidden) in tables.items()
    ]
