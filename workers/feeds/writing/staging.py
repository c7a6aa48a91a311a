"""Checked rows of a file, waiting in a table of their own: typed, found by blind index, never an ID number in clear."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from django.db.backends.utils import CursorWrapper

from core.crypto import blind_indexes

from . import columns

if TYPE_CHECKING:
    import polars as pl

INDEX = "id_index"


def table(batch_id: int) -> str:
    return f"workers_feed_{int(batch_id)}"


def made_table(batch_id: int) -> str:
    return f"{table(batch_id)}_new"


@dataclass
class Staged:
    """What is remembered while a file is read: the columns it states, and the ID number of each line.

    The numbers stay in memory, because only those of new people will be sealed; 18 bytes a row.
    """

    columns: list[str]
    lines: int = 0
    _numbers: list["pl.DataFrame"] = field(default_factory=list)

    def remember(self, frame: "pl.DataFrame") -> None:
        self._numbers.append(frame.select("line", "id_number"))
        self.lines += frame.height

    def id_numbers(self, lines: Iterable[int]) -> Iterator[tuple[int, str]]:
        """The ID numbers of these lines."""
        import polars as pl

        wanted = pl.DataFrame({"line": list(lines)}, schema={"line": pl.Int64})
        for frame in self._numbers:
            yield from frame.join(wanted, on="line", how="semi").iter_rows()


def create(cursor: CursorWrapper, batch_id: int, stated: list[str]) -> None:
    """Make the empty staging table; one that an earlier attempt left is dropped.

    Autovacuum keeps off it: whoever writes it has it analysed, and dropping it would wait for autovacuum to give way.
    """
    drop(cursor, batch_id)
    typed = ", ".join(f'"{column}" {columns.db_type(column)}' for column in stated)
    cursor.execute(
        f"CREATE UNLOGGED TABLE {table(batch_id)} (line bigint, {INDEX} bytea, {typed})"
        " WITH (autovacuum_enabled = false)"
    )


def know(cursor: CursorWrapper, batch_id: int) -> None:
    """Tell PostgreSQL what the filled staging table is joined by."""
    cursor.execute(f"ANALYZE {table(batch_id)} (line, {INDEX})")


def drop(cursor: CursorWrapper, batch_id: int) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS {table(batch_id)}, {made_table(batch_id)}")


def add(cursor: CursorWrapper, batch_id: int, stated: list[str], frame: "pl.DataFrame") -> None:
    """COPY one chunk of good rows: `line`, `id_number` as `id_column` spells it, and the stated columns."""
    copy(cursor, batch_id, stated, prepared(stated, frame))


def prepared(stated: list[str], frame: "pl.DataFrame") -> bytes:
    """What COPY reads of good rows: the ID number as blind index; a null says nothing."""
    import polars as pl

    numbers = frame["id_number"].cast(pl.Binary).to_list()
    hashed = pl.Series(INDEX, blind_indexes("id_number", numbers), dtype=pl.Binary)
    lists = [name for name in stated if frame.schema[name] == pl.List(pl.String)]
    out = frame.select(
        "line",
        (pl.lit("\\x") + hashed.bin.encode("hex")).alias(INDEX),
        *(
            pl.concat_str(pl.lit("{"), pl.col(name).list.join(","), pl.lit("}")).alias(name)
            if name in lists
            else pl.col(name)
            for name in stated
        ),
    )
    return out.write_csv(include_header=False, date_format="%Y-%m-%d").encode()


def copy(cursor: CursorWrapper, batch_id: int, stated: list[str], data: bytes) -> None:
    """Write what `prepared` made."""
    names = ", ".join(f'"{name}"' for name in ("line", INDEX, *stated))
    cursor.copy_expert(f"COPY {table(batch_id)} ({names}) FROM STDIN WITH (FORMAT csv, NULL '')", BytesIO(data))
