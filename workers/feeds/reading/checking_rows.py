"""Parting a frame of text into rows that the registry can take, typed, and rows that go back with a reason.

Nothing here stops a file: each row is judged on its own. A reason names the column and what is wrong, never what stands
in the cell, because it is written beside other people's rows and into logs.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ... import id_numbers
from . import id_column
from .cleaning import Context, clean
from .places import Places
from .profiles import Matched

if TYPE_CHECKING:
    import polars as pl

_JOIN = "；"
# Every new frame is compared with this many at most; then they become one.
_FRAMES_KEPT = 8


@dataclass(frozen=True)
class Checked:
    """`good`: `line`, `id_number` and a typed column per worker column; `bad`: `line`, `reason`, the cells as read."""

    good: "pl.DataFrame"
    bad: "pl.DataFrame"


@dataclass(frozen=True)
class Known:
    """What is asked of the database once per file."""

    places: Places
    working_age: int

    @classmethod
    def on(cls, day: date) -> "Known":
        return cls(Places.on(day), id_numbers.working_age(day))


class DuplicateKeys:
    """Finds people who stand in a file twice, over all its frames: the first valid row stands.

    Where a person may have several rows, `beside` names the columns that must agree too; none of them is null.

    It keeps eight keyed bytes and the line per row. The key is a bijection of the 17 digits that make a number, so two
    people never share one; it is made for one file and forgotten.
    """

    def __init__(self, beside: tuple[str, ...] = ()) -> None:
        self._on, self._beside = ["key", *beside], beside
        self._seen: list[pl.DataFrame] = []
        self._key = secrets.randbits(64) | 1
        self._mask = secrets.randbits(64)

    def first_lines(self, good: "pl.DataFrame") -> "pl.DataFrame":
        """`line` and `first`: the rows of this frame whose person already stood in line `first`."""
        import polars as pl

        digits = pl.col("id_number").str.slice(0, 17).cast(pl.UInt64)
        key = ((digits ^ self._mask) * pl.lit(self._key, dtype=pl.UInt64)).alias("key")
        keyed = good.select("line", key, *self._beside)
        inside = keyed.with_columns(pl.col("line").first().over(self._on).alias("first"))
        known = [inside.filter(pl.col("line") != pl.col("first")).select("line", "first")]
        fresh = inside.filter(pl.col("line") == pl.col("first")).select(*self._on, "first")
        for seen in self._seen:
            known.append(keyed.join(seen, on=self._on, how="inner").select("line", "first"))
            fresh = fresh.join(seen, on=self._on, how="anti")
        self._seen.append(fresh)
        if len(self._seen) > _FRAMES_KEPT:
            self._seen = [pl.concat(self._seen, rechunk=True)]
        found = pl.concat(known)
        return found.group_by("line").agg(pl.col("first").min())


def check(
    frame: "pl.DataFrame",
    matched: Matched,
    *,
    first_line: int,
    on: date,
    known: Known,
    seen: DuplicateKeys | None = None,
) -> Checked:
    """Judge every row of a frame of `tables`. With `seen`, people who came before in the file go back too."""
    import polars as pl

    context = Context(on, known.places, matched.dates_from_1904)
    person = id_column.read(frame[matched.id_header], on, known.working_age)
    lines = pl.Series("line", range(first_line, first_line + frame.height), dtype=pl.Int64)
    typed, errors = [lines, person["id_number"]], [person["error"].alias("0")]
    for number, (header, feed) in enumerate(matched.stated, start=1):
        value, error = clean(frame[header], feed.indicator, feed.column, context)
        typed.append(value.alias(feed.column))
        if error.null_count() < len(error):
            errors.append((f"{header}：" + error).alias(str(number)))
    values = pl.DataFrame(typed)
    errors += _contradictions(values, person["born"], matched)
    reason = pl.DataFrame(errors).select(pl.concat_str(pl.all(), separator=_JOIN, ignore_nulls=True)).to_series()
    marked = frame.select(lines, reason.alias("reason"), pl.all())
    empty = blank(frame, matched.id_header)
    good, bad = values.filter(~empty & (reason == "")), marked.filter(~empty & (reason != ""))
    if seen is None:
        return Checked(good, bad)
    return without_duplicates(good, bad, marked, seen, _("与第 {n} 行重复：同一个人在文件里只留一行"))


def _contradictions(values: "pl.DataFrame", born: "pl.Series", matched: Matched) -> "list[pl.Series]":
    """Sex and birth date that differ from what the ID number says: the row is probably two people's."""
    import polars as pl

    headers = {feed.column: header for header, feed in matched.stated}
    found = []
    for column, differs in {
        "birth_date": pl.col("birth_date") != pl.col("born"),
        "sex": pl.col("sex").is_in(["1", "2"]) & (pl.col("sex") != pl.col("said_sex")),
    }.items():
        if column in headers:
            odd = pl.col("id_number").str.slice(16, 1).cast(pl.Int8, strict=False) % 2 == 1
            known = values.with_columns(born, pl.when(odd).then(pl.lit("1")).otherwise(pl.lit("2")).alias("said_sex"))
            sentence = f"{headers[column]}：" + _("和身份证号码不一致")
            found.append(
                known.select(
                    pl.when(differs & pl.col("born").is_not_null()).then(pl.lit(sentence)).alias(f"id {column}")
                ).to_series()
            )
    return found


def blank(frame: "pl.DataFrame", id_header: str) -> "pl.Series":
    """Rows without anything in them, of which spreadsheets keep thousands at the end; only rows without ID are read."""
    import polars as pl

    nothing = pl.all_horizontal(pl.all().fill_null("").str.strip_chars() == "")
    suspects = frame.with_row_index("\0row").filter(pl.col(id_header).fill_null("").str.strip_chars() == "")
    rows = suspects.filter(suspects.drop("\0row").select(nothing.alias("\0")).to_series())["\0row"]
    return pl.Series(range(frame.height), dtype=pl.UInt32).is_in(rows.implode())


def without_duplicates(
    good: "pl.DataFrame", bad: "pl.DataFrame", marked: "pl.DataFrame", seen: DuplicateKeys, sentence: str
) -> Checked:
    """The same with rows that came before sent back; `{n}` in the sentence is the line that stands."""
    import polars as pl

    again = seen.first_lines(good)
    if again.is_empty():
        return Checked(good, bad)
    before, after = sentence.split("{n}")
    told = again.select("line", pl.concat_str(pl.lit(before), "first", pl.lit(after)).alias("reason"))
    returned = marked.drop("reason").join(told, on="line", how="inner").select(marked.columns)
    return Checked(
        good.join(again, on="line", how="anti", maintain_order="left"), pl.concat([bad, returned]).sort("line")
    )
