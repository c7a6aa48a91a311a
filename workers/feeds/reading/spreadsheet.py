"""XLSX. calamine holds a sheet whole and in full width, so the archive is looked through before it may.

A few bytes of XLSX can stand for gigabytes: a zip that inflates without end, one cell in the last row of the last
column, one long shared text that a million cells point to. `inspect` reads the parts as a stream and counts.
"""

import math
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.errors import Refusal, refuse_unless

from .tables import MOST_COLUMNS, Chunks, Format, Headers, Table, headers_of, unreadable, without_empty

if TYPE_CHECKING:
    import polars as pl
    from python_calamine import CalamineSheet

MOST_CELLS = 6_000_000
MOST_PARTS = 500
LARGEST_PART = 1 << 30
# What all texts may take if every cell pointed to the longest shared one.
LARGEST_TEXTS = 2 << 30
_SPARSE = 500_000
_ROWS_AT_ONCE = 10_000
_PIECE = 4 << 20
_HEAD = 20_000
# A number with more digits than a spreadsheet keeps; shown as it shows them.
_EXACT = 10**15
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PREFIX = re.compile(rb"<(\w+:)?worksheet[\s>]")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
# The first form is found fast; the second is what XML allows besides.
_WIDE_PLACE = re.compile(rb'r="([A-Za-z]{2,3})\d')
_ODD_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{2,3})\d")
_ODDLY = (b"r='", b"r =", b"r= ")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,7})[\"']")
_TEXT = re.compile(rb"<(?:\w+:)?t[ >]([^<]*)")
_1904 = re.compile(rb"date1904\s*=\s*[\"'](?:1|true)[\"']")


@dataclass
class _Found:
    """What the parts of an archive hold; `dense` is what the sheets hold in full width."""

    cells: int = 0
    dense: int = 0
    longest: int = 0
    from_1904: bool = False


def open_spreadsheet(path: Path, name: str) -> Table:
    """The one sheet that holds something; its first row is the header."""
    from_1904 = inspect(path, name)
    sheet = _only_sheet(path, name)
    refuse_unless(
        sheet.start is not None and sheet.start[0] == 0, _("“{name}”的第一行是空的。第一行应是表头。").format(name=name)
    )
    _refuse_merged(sheet, name)
    head = sheet.to_python(skip_empty_area=False, nrows=1)
    headers = headers_of((as_text(cell) or "" for cell in head[0]), name)
    headers.dates_from_1904 = from_1904
    return Table(headers, Format.XLSX, "XLSX", lambda rows: _chunks(sheet, headers, rows))


def inspect(path: Path, name: str) -> bool:
    """Refuse what would not fit into memory; says whether the workbook counts days from 1904."""
    found = _Found()
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            refuse_unless("xl/workbook.xml" in names, _not_a_workbook(name))
            refuse_unless(len(parts) <= MOST_PARTS and len(names) == len(parts), _not_a_workbook(name))
            for part in parts:
                with closing(_pieces(archive, part, name)) as pieces:
                    _look_through(pieces, part.filename, found, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise unreadable(name) from None
    refuse_unless(
        found.cells * found.longest <= LARGEST_TEXTS,
        _("“{name}”里有一格的文字太长（{n} 字节）。请删去说明文字，只留表格。").format(name=name, n=found.longest),
    )
    return found.from_1904


def _look_through(pieces: Iterator[bytes], part: str, found: _Found, name: str) -> None:
    if _SHEET.fullmatch(part):
        _look_through_sheet(pieces, found, name)
        return
    for piece in pieces:
        if part == "xl/workbook.xml":
            found.from_1904 = found.from_1904 or bool(_1904.search(piece))
        elif part == "xl/sharedStrings.xml":
            found.longest = max(found.longest, *map(len, _TEXT.findall(piece)), 0)


def _not_a_workbook(name: str) -> str:
    return _("“{name}”不是 Excel 工作簿。请从业务系统重新导出 .xlsx。").format(name=name)


def _too_large(name: str) -> str:
    return _("“{name}”里的工作表太大（展开后超过 {n} 万格）。请删去空行空列，或另存为 CSV UTF-8 后再上传。").format(
        name=name, n=MOST_CELLS // 10_000
    )


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Generator[bytes]:
    """The part's content, cut before a tag; refused as soon as it grows too large, whatever the archive declares."""
    refuse_unless(part.file_size <= LARGEST_PART, _too_large(name))
    seen, tail = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            seen += len(piece)
            refuse_unless(seen <= LARGEST_PART, _too_large(name))
            whole = tail + piece
            end = max(whole.rfind(b"<"), 0)
            refuse_unless(len(whole) - end <= 2 * _PIECE or not part.filename.endswith(".xml"), _too_large(name))
            yield whole[:end]
            tail = whole[end:] if part.filename.endswith(".xml") else b""
    yield tail


def _look_through_sheet(pieces: Iterator[bytes], found: _Found, name: str) -> None:
    last_row, columns, before, cell = 0, 1, found.dense, b""
    for piece in pieces:
        refuse_unless(b"\0" not in piece and b"<!DOCTYPE" not in piece, _not_a_workbook(name))
        if not cell:
            root = _PREFIX.search(piece[:_HEAD])
            cell = b"<" + (root[1] if root and root[1] else b"") + b"c"
        found.cells += piece.count(cell)
        places = _PLACE.findall(piece[:_HEAD]) + (_PLACE.findall(piece[-_HEAD:]) or _PLACE.findall(piece))
        wide = (_ODD_PLACE if any(sign in piece for sign in _ODDLY) else _WIDE_PLACE).findall(piece)
        columns = max([columns, *map(_column_number, {column for column, _row in places}.union(wide))])
        last_row = max([last_row, *(int(row) for _column, row in places), *map(int, _ROW.findall(piece))])
        # Cells need no place of their own: then they stand side by side, in rows that may lie far apart.
        rows = piece.split(cell[:-1] + b"row")[1:]
        columns = max([columns, *(row.count(cell + b" ") + row.count(cell + b">") for row in rows)])
        found.dense = before + last_row * columns
        refuse_unless(found.cells <= MOST_CELLS + _SPARSE and found.dense <= MOST_CELLS + _SPARSE, _too_large(name))
    refuse_unless(columns <= MOST_COLUMNS, _("“{name}”超过 {n} 列，不像是人员表。").format(name=name, n=MOST_COLUMNS))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _only_sheet(path: Path, name: str) -> "CalamineSheet":
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
        filled = [sheet for sheet in map(book.get_sheet_by_name, visible) if sheet.height]
    except calamine.PasswordError:
        raise Refusal(_("“{name}”设了打开密码。请去掉密码后再上传。").format(name=name)) from None
    except BaseException as error:
        # A panic of the library is no Exception, and has a class that cannot be imported.
        if isinstance(error, (calamine.CalamineError, OSError, ValueError)) or type(error).__name__ == "PanicException":
            raise unreadable(name) from None
        raise
    refuse_unless(bool(filled), _("“{name}”是空的。").format(name=name))
    refuse_unless(
        len(filled) == 1,
        _("“{name}”有 {n} 张有内容的工作表。请只留一张，其余的删去或另存。").format(name=name, n=len(filled)),
    )
    return filled[0]


def _refuse_merged(sheet: "CalamineSheet", name: str) -> None:
    ranges = sorted(sheet.merged_cell_ranges or [])
    if not ranges:
        return
    row = ranges[0][0][0] + 1
    refuse_unless(
        row > 1,
        _("“{name}”的表头有合并的单元格。请取消合并、删去标题，让第一行的每一格都是一列的名称。").format(name=name),
    )
    raise Refusal(_("“{name}”第 {row} 行有合并的单元格。请全部取消合并，每人一行填满。").format(name=name, row=row))


def _chunks(sheet: "CalamineSheet", headers: Headers, rows: int) -> Chunks:
    """Rows leave Python's lists, which take five times the room, in small portions."""
    import polars as pl

    left, first = (sheet.start or (0, 0))[1], 2
    lines = sheet.iter_rows()
    next(lines)
    waiting: list[pl.DataFrame] = []
    while portion := list(islice(lines, min(_ROWS_AT_ONCE, rows - sum(frame.height for frame in waiting)))):
        waiting.append(_frame(portion, headers, left))
        if sum(frame.height for frame in waiting) == rows:
            yield first, pl.concat(waiting)
            first, waiting = first + rows, []
    if waiting or first == 2:
        yield first, pl.concat([*waiting, pl.DataFrame(schema=dict.fromkeys(headers, pl.String))])


def _frame(lines: list[list[Any]], headers: Headers, left: int) -> "pl.DataFrame":
    import polars as pl

    width = len(lines[0])
    cells = list(zip(*lines, strict=True))
    nothing = (None,) * len(lines)
    columns = {}
    for place, header in enumerate(headers):
        column = cells[place - left] if 0 <= place - left < width else nothing
        if set(map(type, column)) != {str}:
            column = [as_text(cell) for cell in column]
        columns[header] = pl.Series(header, column, dtype=pl.String)
    return without_empty(pl.DataFrame(columns))


def as_text(cell: Any) -> str | None:
    """The cell as the spreadsheet shows it: whole numbers without a point, long ones as 5.1E+17, days in ISO."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        if not math.isfinite(cell):
            return None
        if abs(cell) >= _EXACT:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else format(cell, ".15g")
    if isinstance(cell, datetime):
        return (
            cell.isoformat(sep=" ") if (cell.hour, cell.minute, cell.second) != (0, 0, 0) else cell.date().isoformat()
        )
    return cell.isoformat() if isinstance(cell, date) else str(cell)
