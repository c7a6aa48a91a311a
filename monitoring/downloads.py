"""The report's figures as CSV and XLSX: one line per division, figure and category; numbers stay numbers."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.divisions import name_of

from .figures.definitions import FIGURES
from .readings import Edition, unit_word
from .writing import KEPT_BACK_WORD

Value = str | float | int | None

# A cell that begins so could run as a formula in a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS = {"A": 10, "B": 12, "C": 22, "D": 20, "E": 28, "F": 8, "G": 14, "H": 14, "I": 14}


def harmless(value: Value) -> Value:
    """Text that no spreadsheet takes for a formula; numbers pass as they are."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def header() -> list[str]:
    return [
        _("月份"),
        _("区划代码"),
        _("区划"),
        _("指标"),
        _("分组"),
        _("单位"),
        _("本期"),
        _("上月"),
        _("上年同月"),
    ]


def rows(edition: Edition, divisions: list[str]) -> Iterator[list[Value]]:
    """A kept-back number is a word, a number without meaning an empty cell."""
    for division in divisions:
        reading = edition.reading(division)
        for figure in FIGURES.values():
            for line in reading.lines(figure.key):
                yield [
                    harmless(value)
                    for value in (
                        edition.report.period,
                        division,
                        name_of(division),
                        str(figure.title),
                        str(line.label),
                        unit_word(figure.unit),
                        str(KEPT_BACK_WORD) if line.known and line.now is None else line.now,
                        line.before,
                        line.year_ago,
                    )
                ]


def as_csv(edition: Edition, divisions: list[str]) -> bytes:
    """UTF-8 with a byte-order mark, so that spreadsheets read the Chinese."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header())
    writer.writerows(rows(edition, divisions))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(edition: Edition, divisions: list[str]) -> bytes:
    """Three sheets: what this is, the figures, and how each is defined."""
    book = Workbook()
    about = book.active
    about.title = _("说明")
    _fill(about, _about(edition), widths={"A": 16, "B": 80})
    _fill(book.create_sheet(_("数据")), [header(), *rows(edition, divisions)], widths=_WIDTHS, heading=True)
    _fill(book.create_sheet(_("口径")), _definitions(), widths={"A": 22, "B": 90, "C": 48}, heading=True)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(sheet: Worksheet, lines: list[list[Value]], *, widths: dict[str, int], heading: bool = False) -> None:
    for line in lines:
        sheet.append([harmless(value) for value in line])
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    if heading:
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"


def _about(edition: Edition) -> list[list[Value]]:
    report = edition.report
    return [
        [_("报告"), _("{month}重庆农民工监测报告").format(month=edition.period.name)],
        [_("版本"), report.version],
        [_("状态"), report.get_state_display()],
        [_("数据截止"), report.snapshot_on.isoformat()],
        [_("口径版本"), report.definitions],
        [_("来源"), report.get_origin_display()],
        [_("不公布"), _("少于 10 人的数，以及能据以推算出它的数，不公布。")],
    ]


def _definitions() -> list[list[Value]]:
    return [
        [_("指标"), _("口径"), _("依据")],
        *([str(figure.title), str(figure.basis), str(figure.source)] for figure in FIGURES.values()),
    ]
