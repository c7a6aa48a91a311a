"""The rows that went back, as a workbook to correct and send again: the cells as they came, and a last column 原因.

The sheet is written here and not by openpyxl, for three reasons: openpyxl keeps half-written sheets with ID numbers in
the system's temporary folder, it takes ten times as long, and it makes a formula of a text that begins with “=”. Every
cell is text in a text format with a quote prefix, the empty ones too, so that a number of 18 digits that is typed into
it stays whole and nothing in it is ever computed.

One workbook holds 200,000 rows, fewer if they are wide, so that it can be read back (`spreadsheet.MOST_CELLS`); what is
beyond goes into further workbooks. So many bad rows mean that the export is wrong and should be made anew.
"""

import os
import zipfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

from .reading.headings import REASON
from .reading.spreadsheet import MOST_CELLS
from .reading.tables import without_reason

if TYPE_CHECKING:
    import polars as pl

ROWS_PER_BOOK = 200_000
_ROWS_AT_ONCE = 10_000
_LONGEST_CELL = 32_767
_SHEET = "xl/worksheets/sheet1.xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    # Style 1 is text that stays text, style 2 the same in bold.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"'
        ' quotePrefix="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}

_UNWRITABLE = [code for code in range(32) if code not in (9, 10)]
_ESCAPED = {"\ufffe": "\ufffd", "\uffff": "\ufffd", "_x": "_x005F_x", "&": "&amp;", "<": "&lt;", ">": "&gt;"} | {
    chr(code): f"_x{code:04X}_" for code in _UNWRITABLE
}

OpenBook = Callable[[int], AbstractContextManager[BinaryIO]]


def workbook(chunks: "Iterable[pl.DataFrame]", headers: Iterable[str], path: Path) -> list[Path]:
    """Write the bad rows of `checking_rows` to `path`, beyond 200,000 to `name-2.xlsx` and on; returns the paths."""
    written: list[Path] = []

    def open_book(number: int) -> AbstractContextManager[BinaryIO]:
        written.append(path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}"))
        return os.fdopen(os.open(written[-1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

    write(chunks, headers, open_book)
    return written


def write(chunks: "Iterable[pl.DataFrame]", headers: Iterable[str], open_book: OpenBook) -> int:
    """The same into files that `open_book(1)`, `open_book(2)` … give, for instance `sealedfile.writing`.

    The files need only `write` and `flush`. Says how many there are; without a bad row there is none.
    """
    columns = without_reason(headers)
    waiting = (frame for frame in chunks if frame.height)
    frame = next(waiting, None)
    for number in count(1):
        if frame is None:
            return number - 1
        with open_book(number) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            frame = _fill(archive, columns, frame, waiting)
    return 0


def _fill(
    archive: zipfile.ZipFile, columns: list[str], frame: "pl.DataFrame | None", waiting: "Iterable[pl.DataFrame]"
) -> "pl.DataFrame | None":
    """Write one book; returns the rows that did not fit."""
    import polars as pl

    for part, content in (*_PARTS.items(), ("xl/workbook.xml", _book())):
        archive.writestr(part, _XML + content)
    row = 1
    with archive.open(_SHEET, "w", force_zip64=True) as sheet:
        sheet.write(_opening(len(columns)).encode())
        heading = pl.DataFrame([pl.Series(name, [name]) for name in [*columns, REASON]])
        sheet.write(_rows(heading, row, style=2))
        last = 1 + min(ROWS_PER_BOOK, MOST_CELLS // (len(columns) + 1) - 1)
        while frame is not None and row < last:
            fits = frame.head(last - row)
            for piece in fits.select(*columns, pl.col("reason").alias(REASON)).iter_slices(_ROWS_AT_ONCE):
                sheet.write(_rows(piece, row + 1, style=1))
                row += piece.height
            rest = frame.slice(fits.height)
            frame = rest if rest.height else next(iter(waiting), None)
        sheet.write(b"</sheetData></worksheet>")
    return frame


def _book() -> str:
    title = _("退回的行")
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{title}" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    )


def _opening(columns: int) -> str:
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(columns, 1)}" width="20" customWidth="1"/>'
        f'<col min="{columns + 1}" max="{columns + 1}" width="60" customWidth="1"/></cols><sheetData>'
    )


def _rows(frame: "pl.DataFrame", first: int, *, style: int) -> bytes:
    """The rows as XML, put together by columns."""
    import polars as pl
    from openpyxl.utils import get_column_letter

    frame = frame.with_row_index("\0row", offset=first).with_columns(pl.col("\0row").cast(pl.String))
    row, pieces = pl.col("\0row"), [pl.lit('<row r="'), pl.col("\0row"), pl.lit('">')]
    for place, name in enumerate(frame.columns[1:], start=1):
        start = pl.concat_str(pl.lit(f'<c r="{get_column_letter(place)}'), row, pl.lit(f'" s="{style}"'))
        text = pl.concat_str(
            pl.lit(' t="inlineStr"><is><t xml:space="preserve">'), _escaped(name), pl.lit("</t></is></c>")
        )
        pieces += [start, pl.when(pl.col(name).is_null()).then(pl.lit("/>")).otherwise(text)]
    lines = frame.select(pl.concat_str(*pieces, pl.lit("</row>"))).to_series()
    return lines.str.join("").item().encode()


def _escaped(name: str) -> "pl.Expr":
    """Text for XML; what XML cannot hold is written as spreadsheets write it, _x0007_."""
    import polars as pl

    return pl.col(name).str.slice(0, _LONGEST_CELL).str.replace_many(_ESCAPED)
