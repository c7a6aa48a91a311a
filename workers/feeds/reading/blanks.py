"""Empty tables with the headers that a file may have, to fill in, or with one line that shows how."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Protocol

from .tables import Format

CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDTH = 20


class Profile(Protocol):
    """A table of any kind: what it is called, and columns whose first header is ours."""

    name: str
    columns: Sequence[Any]


def headers(profile: Profile) -> list[str]:
    """Our own name of every column, the ID number first."""
    return [str(feed.headers[0]) for feed in profile.columns]


def blank(profile: Profile, kind: Format, *, example: Sequence[str] = ()) -> bytes:
    """The empty table. A CSV begins with the mark by which Excel knows UTF-8."""
    rows = [headers(profile), *([list(example)] if example else [])]
    if kind == Format.CSV:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode("utf-8-sig")
    return _workbook(profile.name, rows)


def _workbook(name: str, rows: list[list[str]]) -> bytes:
    """Every column is text, so that Excel does not round an ID number that is typed into it."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = _WIDTH, "@"
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
