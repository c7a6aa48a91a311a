"""Empty tables with the headers that a department's file may have, to fill in."""

import csv
import io

from django.utils.translation import gettext as _

from .profiles import Profile
from .tables import Format

CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDTH = 20


def headers(profile: Profile) -> list[str]:
    """Our own name of every column, the ID number first."""
    return [str(feed.headers[0]) for feed in profile.columns]


def blank(profile: Profile, kind: Format) -> bytes:
    """The empty table. A CSV begins with the mark by which Excel knows UTF-8."""
    if kind == Format.CSV:
        text = io.StringIO()
        csv.writer(text).writerow(headers(profile))
        return text.getvalue().encode("utf-8-sig")
    return _workbook(profile)


def _workbook(profile: Profile) -> bytes:
    """Every column is text, so that Excel does not round an ID number that is typed into it."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = _("{name}部门").format(name=profile.name)
    sheet.append(headers(profile))
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = _WIDTH, "@"
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
