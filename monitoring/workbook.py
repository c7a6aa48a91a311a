"""The report as a workbook. Imported only when one is asked for: openpyxl and numpy take 30 MB."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .downloads import Value, harmless, header, rows
from .figures.definitions import FIGURES
from .readings import Edition
from .words import data_of

_WIDTHS = {"A": 10, "B": 12, "C": 22, "D": 20, "E": 28, "F": 8, "G": 14, "H": 14, "I": 14, "J": 28}


def as_xlsx(edition: Edition, divisions: list[str]) -> bytes:
    """Three sheets: what this is, the figures, and how each is defined."""
    book = Workbook()
    about = book.active
    about.title = _("说明")
    _fill(about, _about(edition), widths={"A": 16, "B": 80})
    _fill(book.create_sheet(_("数据")), [header(), *rows(edition, divisions)], widths=_WIDTHS, heading=True)
    _fill(book.create_sheet(_("口径")), _definitions(edition), widths={"A": 22, "B": 90, "C": 48}, heading=True)
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
        [_("数据时点"), data_of(report)],
        [_("口径版本"), report.definitions],
        [_("来源"), report.get_origin_display()],
        [_("不公布"), _("少于 10 人的数，以及能据以推算出它的数，不公布；和上月、旧版放在一起也推算不出。")],
    ]


def _definitions(edition: Edition) -> list[list[Value]]:
    """How each figure is defined; the first line after the heading says of which day the data is."""
    return [
        [_("指标"), _("口径"), _("依据")],
        [
            _("数据时点"),
            data_of(edition.report),
            _("登记册只保存现在的属性；月末之后很久才编制的，按编制那天的属性计算。"),
        ],
        *([str(figure.title), str(figure.basis), str(figure.source)] for figure in FIGURES.values()),
    ]
