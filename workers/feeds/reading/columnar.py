"""Parquet, read by row ranges; every column becomes the text that a spreadsheet would show."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import Refusal, refuse_unless

from .tables import MOST_ROWS, Chunks, Format, Headers, Table, headers_of, unreadable, without_empty

if TYPE_CHECKING:
    import polars as pl

# Whole numbers beyond this were rounded when they became floating point.
_EXACT = 10**15


def open_columnar(path: Path, name: str) -> Table:
    """Read the schema and the number of rows, which stand at the end of the file."""
    import polars as pl

    try:
        scan = pl.scan_parquet(path, glob=False)
        schema = scan.collect_schema()
        height = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise unreadable(name) from None
    headers = headers_of(schema.names(), name)
    refuse_unless(height > 0, _("“{name}”里没有数据行。").format(name=name))
    refuse_unless(height <= MOST_ROWS, _("一个文件最多 {n} 万行，请分成几个文件。").format(n=MOST_ROWS // 10_000))
    as_text = [
        _text(pl.col(column), kind, column).alias(header)
        for (column, kind), header in zip(schema.items(), headers, strict=True)
    ]
    return Table(headers, Format.PARQUET, "Parquet", lambda rows: _chunks(scan, as_text, headers, height, rows, name))


def _chunks(
    scan: "pl.LazyFrame", as_text: "list[pl.Expr]", headers: Headers, height: int, rows: int, name: str
) -> Chunks:
    import polars as pl

    for offset in range(0, height, rows):
        try:
            frame = scan.slice(offset, rows).select(as_text).collect()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
            raise unreadable(name) from None
        yield offset + 2, without_empty(frame.select(headers))


def _text(column: "pl.Expr", kind: "pl.DataType", name: str) -> "pl.Expr":
    import polars as pl

    if kind.is_float():
        whole = column.is_finite() & (column == column.floor()) & (column.abs() < _EXACT)
        return (
            pl.when(column.is_nan())
            .then(None)
            .when(whole)
            .then(pl.when(whole).then(column).cast(pl.Int64).cast(pl.String))
            .otherwise(column.round_sig_figs(15).cast(pl.String))
        )
    if isinstance(kind, pl.Datetime):
        return column.dt.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(kind, pl.Date):
        return column.dt.strftime("%Y-%m-%d")
    if isinstance(kind, pl.List) and not kind.inner.is_nested():
        return column.cast(pl.List(pl.String)).list.join(",")
    if kind.is_nested() or isinstance(kind, (pl.Binary, pl.Object)):
        raise Refusal(_("“{name}”列的类型不能读。请把它导出成文本。").format(name=name))
    return column.cast(pl.String)
