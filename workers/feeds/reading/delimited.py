"""CSV and its relatives: UTF-8 or GB18030, separated by comma, tab or semicolon, read in blocks of 8 MiB.

polars reads UTF-8 only and fills short rows up in silence, so each block is decoded and its rows are counted here
first. A block ends at a line end outside quotes; in both encodings the bytes of quote, separators and line end never
stand inside a character, so blocks are cut before they are decoded.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import Refusal, refuse_unless

from .tables import Chunks, Format, Headers, Table, headers_of, without_empty

if TYPE_CHECKING:
    import polars as pl

BLOCK_BYTES = 8 << 20
_LONGEST_RECORD = 4 << 20
_LINES_TO_TRY = 200
_SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号"}
_UTF8_BOM = b"\xef\xbb\xbf"
_QUOTED = re.compile(rb'"[^"]*"')


@dataclass(frozen=True)
class _Text:
    """How the bytes of a file become text."""

    path: Path
    name: str
    encoding: str
    start: int
    old_mac: bool


def open_delimited(path: Path, name: str) -> Table:
    """Find encoding and separator, and read the header row."""
    encoding, start = _encoding(path, name)
    with path.open("rb") as file:
        file.seek(start)
        head = file.read(1 << 20)
    text = _Text(path, name, encoding, start, old_mac=b"\n" not in head and b"\r" in head)
    block = next(_blocks(text), b"")
    first = _decoded(block[: _end_of_header(block)], "utf-8", name, 1).lstrip("\ufeff")
    separator = max(_SEPARATORS, key=first.count)
    cells = next(csv.reader(io.StringIO(first), delimiter=separator), [])
    headers = headers_of(cells, name)
    return Table(
        headers,
        Format.CSV,
        _("CSV，{encoding}，{separator}分隔").format(encoding=encoding.upper(), separator=_SEPARATORS[separator]),
        lambda rows: _chunks(text, separator, headers, len(cells), rows),
    )


def _end_of_header(block: bytes) -> int:
    """Behind the first line end outside quotes: a heading may be broken over two lines."""
    end = block.find(b"\n") + 1
    while block.count(b'"', 0, end) % 2 and (following := block.find(b"\n", end) + 1):
        end = following
    return end


def _encoding(path: Path, name: str) -> tuple[str, int]:
    """utf-8 or gb18030, and where the text starts. The first piece that is not plain ASCII decides."""
    with path.open("rb") as file:
        head = file.read(4)
        refuse_unless(
            not head.startswith((b"\xff\xfe", b"\xfe\xff")),
            _("“{name}”是 UTF-16（Unicode 文本）编码。请另存为“CSV UTF-8”后再上传。").format(name=name),
        )
        if head.startswith(_UTF8_BOM):
            return "utf-8", len(_UTF8_BOM)
        file.seek(0)
        while piece := file.read(1 << 20) + file.readline():
            refuse_unless(
                b"\0" not in piece,
                _("“{name}”里有空字节，不是文本表格。请重新导出为 CSV UTF-8。").format(name=name),
            )
            if piece.isascii():
                continue
            for encoding in ("utf-8", "gb18030"):
                if _decodes(piece, encoding):
                    return encoding, 0
            raise _wrong_encoding(name, 1)
    return "utf-8", 0


def _decodes(piece: bytes, encoding: str) -> bool:
    try:
        piece.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wrong_encoding(name: str, line: int) -> Refusal:
    return Refusal(
        _("“{name}”第 {line} 行起有读不出来的文字，编码不是 UTF-8 或 GB18030。请另存为“CSV UTF-8”后再上传。").format(
            name=name, line=line
        )
    )


def _decoded(piece: bytes, encoding: str, name: str, line: int) -> str:
    try:
        return piece.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(name, line + piece.count(b"\n", 0, error.start)) from None


def _chunks(text: _Text, separator: str, headers: Headers, written: int, rows: int) -> Chunks:
    """The blocks' frames, put together until they hold `rows` rows."""
    import polars as pl

    waiting: list[pl.DataFrame] = []
    first, line = 2, 1
    for block in _blocks(text):
        body = block
        if line == 1:
            body, line = block[_end_of_header(block) :], 2
        waiting.append(_frame(body, text.name, separator, headers, written, line))
        line += waiting[-1].height
        while line - first >= rows:
            whole = pl.concat(waiting)
            yield first, whole.head(rows)
            first, waiting = first + rows, [whole.slice(rows)]
    if line > first or first == 2:
        yield first, pl.concat(waiting)


def _blocks(text: _Text) -> Iterator[bytes]:
    """Whole records as UTF-8 bytes with plain line ends, the last one ended too."""
    line, rest = 1, b""
    with text.path.open("rb") as file:
        file.seek(text.start)
        while True:
            read = file.read(BLOCK_BYTES)
            refuse_unless(
                b"\0" not in read,
                _("“{name}”里有空字节，不是文本表格。请重新导出为 CSV UTF-8。").format(name=text.name),
            )
            piece = rest + (read.replace(b"\r", b"\n") if text.old_mac else read)
            end = _end_of_records(piece, text.name, line) if read else len(piece)
            if end:
                records = _as_utf8(piece[:end], text, line)
                yield records if records.endswith(b"\n") else records + b"\n"
                line += records.count(b"\n")
            if not read:
                return
            rest = piece[end:]


def _as_utf8(records: bytes, text: _Text, line: int) -> bytes:
    """UTF-8 is left as it is: polars checks it once more than we need."""
    if text.encoding != "utf-8":
        records = _decoded(records, text.encoding, text.name, line).encode()
    return records.replace(b"\r\n", b"\n") if b"\r" in records else records


def _end_of_records(piece: bytes, name: str, line: int) -> int:
    """Just behind the last line end that is not inside quotes; 0 while a record goes on."""
    end = piece.rfind(b"\n") + 1
    quotes = piece.count(b'"', 0, end)
    for _attempt in range(_LINES_TO_TRY):
        if quotes % 2 == 0:
            break
        before = piece.rfind(b"\n", 0, end - 1) + 1
        quotes -= piece.count(b'"', before, end)
        end = before
    refuse_unless(quotes % 2 == 0, _open_quote(name, line, line + piece.count(b"\n")))
    refuse_unless(
        end > 0 or len(piece) <= BLOCK_BYTES + _LONGEST_RECORD,
        _("“{name}”第 {line} 行长得不像一行。请检查换行和引号。").format(name=name, line=line),
    )
    return end


def _open_quote(name: str, first: int, last: int) -> str:
    return _("“{name}”第 {first} 行到第 {last} 行之间，有引号没有配对。请补上或删去引号后再上传。").format(
        name=name, first=first, last=last
    )


def _frame(body: bytes, name: str, separator: str, headers: Headers, written: int, first: int) -> "pl.DataFrame":
    import polars as pl

    if not body:
        return pl.DataFrame(schema=dict.fromkeys(headers, pl.String))
    quoted = b'"' in body
    plain = _QUOTED.sub(b"", body) if quoted else body
    try:
        frame = pl.read_csv(
            io.BytesIO(body),
            has_header=False,
            schema=dict.fromkeys([*headers, *(f"\0{n}" for n in range(len(headers), written))], pl.String),
            separator=separator,
            quote_char='"' if quoted else None,
            missing_columns="insert",
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        _refuse_ragged(plain, separator.encode(), written, first)
        _decoded(body, "utf-8", name, first)
        raise Refusal(_open_quote(name, first, first + body.count(b"\n") - 1)) from None
    # polars refuses rows that are too long; where none is, the sum shows that none is too short.
    if _how_often(separator, plain) != frame.height * (written - 1):
        _refuse_ragged(plain, separator.encode(), written, first)
    frame = frame.select(headers)
    return without_empty(frame) if quoted else frame


def _how_often(character: str, text: bytes) -> int:
    """Seven times as fast as `bytes.count` for a character that stands everywhere."""
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(text, dtype=np.uint8) == ord(character)))


def _refuse_ragged(plain: bytes, separator: bytes, written: int, first: int) -> None:
    """Every row has as many cells as the header, but for empty lines. `plain` has no quoted text any more."""
    for number, row in enumerate(plain.split(b"\n"), start=first):
        if row.count(separator) != written - 1 and row.strip():
            raise Refusal(
                _("第 {line} 行有 {cells} 格，表头有 {written} 格。格子里有分隔符时，整格要用双引号括起来。").format(
                    line=number, cells=row.count(separator) + 1, written=written
                )
            )
