"""Opening a department's table, whatever its format, as frames of text; a file that cannot be one is refused.

The content decides what a file is, and the name must agree. Only text leaves this module: what a cell means is decided
by the column it stands in. Memory stays bounded: CSV and Parquet are read in pieces, XLSX (which a reader must hold
whole) is limited to `spreadsheet.MOST_CELLS` cells, about 1 GB. Messages never hold what stands in a cell.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import Refusal, refuse_unless

from .headings import REASON

if TYPE_CHECKING:
    import polars as pl

LARGEST_BYTES = 4 << 30
MOST_ROWS = 20_000_000
MOST_COLUMNS = 200
CHUNK_ROWS = 100_000
# Columns that frames of bad rows have of their own.
_OURS = ("line", "reason")

Chunks = Iterator[tuple[int, "pl.DataFrame"]]


class Format(StrEnum):
    """What can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Headers(tuple[str, ...]):
    """The header row, each name once. It remembers in which date system a workbook counts its days."""

    dates_from_1904 = False


@dataclass(frozen=True)
class Table:
    """An opened file. `chunks` may be asked for more than once; `about` says how it was read, for the preview."""

    headers: Headers
    format: Format
    about: str
    read: Callable[[int], Chunks]

    def chunks(self, rows: int = CHUNK_ROWS) -> Chunks:
        """Frames of at most `rows` rows of text, with the number that the first has in a spreadsheet (header: 1)."""
        for first, frame in self.read(rows):
            refuse_unless(
                first + frame.height <= MOST_ROWS + 2,
                _("一个文件最多 {n} 万行，请分成几个文件。").format(n=MOST_ROWS // 10_000),
            )
            yield first, frame


_BY_ENDING = {
    ".csv": Format.CSV,
    ".txt": Format.CSV,
    ".tsv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".parquet": Format.PARQUET,
}
_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
_NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
)


def open_table(path: Path, name: str) -> Table:
    """Open the file `path` that was uploaded as `name`. Raises `Refusal` with a sentence for whoever made it."""
    named = _BY_ENDING.get(Path(name).suffix.lower())
    refuse_unless(
        named is not None or Path(name).suffix.lower() == ".xls",
        _("“{name}”的格式不能导入。请用 .xlsx、.csv 或 .parquet 文件。").format(name=name),
    )
    size = path.stat().st_size
    refuse_unless(size > 0, _("“{name}”是空的。").format(name=name))
    refuse_unless(
        size <= LARGEST_BYTES, _("“{name}”超过 {n} GB，请分成几个文件。").format(name=name, n=LARGEST_BYTES >> 30)
    )
    found = _format_of(path, name)
    refuse_unless(
        found == named,
        _("“{name}”的内容其实是 {found}，和文件名不一致。请改正文件名，或重新导出后再上传。").format(
            name=name, found=found.upper()
        ),
    )
    return _opener(found)(path, name)


def _opener(found: Format) -> Callable[[Path, str], Table]:
    from . import columnar, delimited, spreadsheet

    return {
        Format.CSV: delimited.open_delimited,
        Format.XLSX: spreadsheet.open_spreadsheet,
        Format.PARQUET: columnar.open_columnar,
    }[found]


def _format_of(path: Path, name: str) -> Format:
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(_PARQUET):
        return Format.PARQUET
    if head.startswith(_ZIP):
        return Format.XLSX
    refuse_unless(
        not head.startswith(_OLE),
        _("“{name}”是旧版 Excel 或设了打开密码的文件。请去掉密码，另存为 .xlsx 后再上传。").format(name=name),
    )
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    refuse_unless(
        not head.startswith(_NO_TABLES) and not text.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"{")),
        _("“{name}”不是表格文件。请从业务系统导出 .xlsx 或 .csv 后再上传。").format(name=name),
    )
    return Format.CSV


def headers_of(cells: Iterable[str], name: str) -> Headers:
    """The header row as unique names; raises `Refusal` when the first row cannot be one."""
    written = [" ".join(cell.split()) for cell in cells]
    alone = len(written) == 1
    while written and not written[-1] and len(written) > 1:
        written.pop()
    filled = [cell for cell in written if cell]
    refuse_unless(bool(filled), _("“{name}”的第一行是空的。第一行应是表头。").format(name=name))
    refuse_unless(
        len(written) <= MOST_COLUMNS, _("“{name}”超过 {n} 列，不像是人员表。").format(name=name, n=MOST_COLUMNS)
    )
    refuse_unless(
        len(filled) > 1 or alone,
        _("“{name}”的第一行不像表头（只有一格有字）。请删去标题，让第一行的每一格都是一列的名称。").format(name=name),
    )
    twice = next((cell for cell in filled if written.count(cell) > 1), "")
    refuse_unless(not twice, _("有两列都叫“{twice}”，请只留一列或改名。").format(twice=twice))
    names = [cell or _("第 {n} 列").format(n=number) for number, cell in enumerate(written, start=1)]
    return Headers(f"{cell}（原表）" if cell.lower() in _OURS else cell for cell in names)


def without_reason(headers: Iterable[str]) -> list[str]:
    """The headers but for the 原因 that a returned workbook adds."""
    return [header for header in headers if header != REASON]


def without_empty(frame: "pl.DataFrame") -> "pl.DataFrame":
    """An empty cell is null in every format."""
    import polars as pl

    return frame.select(pl.when(pl.col(name) != "").then(name).alias(name) for name in frame.columns)


def unreadable(name: str) -> Refusal:
    """The sentence for a file that is damaged."""
    return Refusal(_("“{name}”打不开，可能已损坏或没有传完整。请重新导出后再上传。").format(name=name))
