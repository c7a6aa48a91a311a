"""Parting the rows of a monthly file into those that can be taken, typed, and those that go back with a reason.

As in the registry's tables nothing here stops a file, and a reason never says what stands in a cell.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from employers.models import Project
from workers import id_numbers
from workers.feeds.reading import id_column
from workers.feeds.reading.checking_rows import Checked, DuplicateKeys, without_duplicates
from workers.feeds.reading.cleaning import days, dense, distinct, outcome, sums
from workers.feeds.reading.spellings import NOTHING

from ..enums import FileKind
from .profiles import ID_NUMBER, Matched

if TYPE_CHECKING:
    import polars as pl

MOST_FEN = 50_000_000  # half a million yuan a month: more is a slip
MOST_DEPOSIT_FEN = 100_000_000_000
MOST_DAYS = 31
MONTHS_BACK = 36
_JOIN = "；"
_MONTH = r"^(\d{4})[-/.年]?(\d{1,2})(?:月|月份)?$"
_FAILED = r"失败|退票|退回|未成功|拒绝|FAIL"
_TENTHS = r"^(\d{1,3})(?:\.(\d))?\d*天?$"
_NEVER = date(1, 1, 1)


@dataclass(frozen=True)
class Known:
    """What is asked of the database once per file: the projects by number, with whether they are the sender's."""

    projects: "pl.DataFrame"
    working_age: int
    on: date

    @classmethod
    def of(cls, prefixes: list[str], on: date) -> "Known":
        import polars as pl

        rows = list(Project.objects.values_list("code", "pk", "division"))
        frame = pl.DataFrame(
            {
                "code": [code.upper() for code, _pk, _division in rows],
                "project_id": [pk for _code, pk, _division in rows],
                "theirs": [any(place.startswith(prefix) for prefix in prefixes) for _code, _pk, place in rows],
            },
            schema={"code": pl.String, "project_id": pl.Int64, "theirs": pl.Boolean},
        )
        return cls(frame, id_numbers.working_age(on), on)


def seen(kind: FileKind) -> DuplicateKeys:
    """One line a person, project and month; of payments, one a day."""
    return DuplicateKeys(("project_id", "month") if kind == FileKind.ATTENDANCE else ("project_id", "month", "once"))


def check(
    frame: "pl.DataFrame", matched: Matched, kind: FileKind, *, first_line: int, known: Known, seen: DuplicateKeys
) -> Checked:
    """Judge every row of a frame of text."""
    import polars as pl

    reader = _Reader(frame, matched, known, first_line)
    reader.project()
    reader.month()
    if kind == FileKind.DEPOSITS:
        reader.nobody()
        reader.sum("due_fen", MOST_DEPOSIT_FEN)
        reader.sum("paid_fen", MOST_DEPOSIT_FEN)
        reader.day("paid_on")
    else:
        reader.person()
        reader.days(needed=kind == FileKind.ATTENDANCE)
    if kind == FileKind.PAYROLL:
        for column in ("owed_fen", "paid_fen", "agreed_fen"):
            reader.sum(column, MOST_FEN)
        reader.day("paid_on")
    values = reader.values()
    errors = [*reader.errors, *(_contradictions(values, matched) if kind != FileKind.ATTENDANCE else [])]
    reason = pl.DataFrame(errors).select(pl.concat_str(pl.all(), separator=_JOIN, ignore_nulls=True)).to_series()
    marked = frame.select(reader.lines, reason.alias("reason"), pl.all())
    empty = frame.select(pl.all_horizontal(pl.all().fill_null("").str.strip_chars() == "")).to_series()
    good, bad = values.filter(~empty & (reason == "")), marked.filter(~empty & (reason != ""))
    sentence = _("与第 {n} 行重复：同一项目、同一人、同一月份、同一天只留一行")
    return without_duplicates(good, bad, marked, seen, sentence)


def _contradictions(values: "pl.DataFrame", matched: Matched) -> "list[pl.Series]":
    """Money without a day, or on a day before the month that it is for."""
    import polars as pl

    paid, day = pl.col("paid_fen") > 0, pl.col("paid_on")
    header = matched.by_column["paid_on"]
    told = [
        (paid & day.is_null(), _("有金额，就要填日期")),
        (paid & (day < pl.col("month")), _("早于工资月份")),
    ]
    return [
        values.select(pl.when(wrong).then(pl.lit(f"{header}：{sentence}")).alias(f"wrong {number}")).to_series()
        for number, (wrong, sentence) in enumerate(told)
    ]


class _Reader:
    """One frame: typed columns and sentences, column by column."""

    def __init__(self, frame: "pl.DataFrame", matched: Matched, known: Known, first_line: int) -> None:
        import polars as pl

        self.frame, self.matched, self.known = frame, matched, known
        self.lines = pl.Series("line", range(first_line, first_line + frame.height), dtype=pl.Int64)
        self.typed: list[pl.Series] = [self.lines]
        self.errors: list[pl.Series] = [pl.Series("none", [None] * frame.height, dtype=pl.String)]

    def values(self) -> "pl.DataFrame":
        """The typed columns; `once` tells several payments of a person and month apart. What a bank calls failed was
        not paid."""
        import polars as pl

        frame = pl.DataFrame(self.typed)
        if "outcome" in self.matched.by_column and "paid_fen" in frame.columns:
            said = self.cells("outcome").fill_null("").str.to_uppercase()
            failed = said.str.contains(_FAILED).alias("failed")
            frame = frame.with_columns(failed).with_columns(
                pl.when("failed").then(0).otherwise("paid_fen").alias("paid_fen"),
                pl.when("failed").then(None).otherwise("paid_on").alias("paid_on"),
            )
            frame = frame.drop("failed")
        if "paid_on" in frame.columns:
            paid = pl.when(pl.col("paid_fen") > 0).then("paid_on")
            frame = frame.with_columns(paid.alias("paid_on")).with_columns(
                pl.col("paid_on").fill_null(_NEVER).alias("once")
            )
        return frame

    def cells(self, column: str) -> "pl.Series":
        import polars as pl

        header = self.matched.by_column.get(column)
        if header is None:
            return pl.Series(column, [None] * self.frame.height, dtype=pl.String)
        return self.frame[header]

    def add(self, column: str, value: "pl.Series", error: "pl.Series") -> None:
        self.typed.append(value.alias(column))
        if error.null_count() < len(error):
            self.errors.append((f"{self.matched.by_column[column]}：" + error).alias(f"wrong {column}"))

    def nobody(self) -> None:
        """A deposit is nobody's."""
        import polars as pl

        self.typed.append(pl.Series(ID_NUMBER, ["0" * 18] * self.frame.height, dtype=pl.String))

    def person(self) -> None:
        said = id_column.read(self.cells(ID_NUMBER), self.known.on, self.known.working_age)
        self.typed.append(said[ID_NUMBER])
        self.errors.append(said["error"].alias(f"wrong {ID_NUMBER}"))

    def project(self) -> None:
        import polars as pl

        cells = self.cells("project").fill_null("")
        found = (
            pl.DataFrame({"raw": cells})
            .with_columns(dense(pl.col("raw")).alias("code"))
            .join(self.known.projects, on="code", how="left", maintain_order="left")
        )
        error = (
            pl.when(pl.col("code") == "")
            .then(pl.lit(_("没有填")))
            .when(pl.col("project_id").is_null())
            .then(pl.lit(_("没有这个项目")))
            .when(~pl.col("theirs"))
            .then(pl.lit(_("不是你负责的区县的项目")))
        )
        self.typed.append(found["project_id"])
        told = found.select(error.alias("error"))["error"]
        self.errors.append((f"{self.matched.by_column['project']}：" + told).alias("wrong project"))

    def month(self) -> None:
        import polars as pl

        on = self.known.on
        earliest = date(on.year - MONTHS_BACK // 12, on.month, 1)

        def judge(frame: "pl.DataFrame") -> "pl.DataFrame":
            parts = dense(pl.col("raw")).str.extract_groups(_MONTH).struct
            short = pl.concat_str(parts.field("1"), parts.field("2").str.zfill(2), pl.lit("01"), ignore_nulls=False)
            whole = days(frame, on, from_1904=self.matched.dates_from_1904).select("raw", pl.col("value").alias("day"))
            frame = frame.join(whole, on="raw", how="left").with_columns(
                pl.coalesce(short.str.to_date("%Y%m%d", strict=False), pl.col("day").dt.truncate("1mo")).alias("month")
            )
            return outcome(
                frame,
                pl.col("month"),
                pl.lit(False),
                [
                    (pl.col("value").is_null(), _("看不懂，请写成 2026-03")),
                    (pl.col("value") > on, _("是以后的月份")),
                    (pl.col("value") < earliest, _("早于 {n} 个月前").format(n=MONTHS_BACK)),
                ],
            )

        self.add("month", *self._filled("month", judge))

    def sum(self, column: str, most: int) -> None:
        """Fen; an empty cell is nothing."""
        value, error = distinct(self.cells(column), lambda frame: sums(frame, 0, most))
        self.add(column, value.fill_null(0), error)

    def day(self, column: str) -> None:
        judge = partial(days, on=self.known.on, from_1904=self.matched.dates_from_1904)
        self.add(column, *distinct(self.cells(column), judge))

    def days(self, *, needed: bool) -> None:
        """Tenths of a day; where they may be missing, 0 says so."""
        import polars as pl

        def judge(frame: "pl.DataFrame") -> "pl.DataFrame":
            text = dense(pl.col("raw"))
            parts = text.str.extract_groups(_TENTHS).struct
            tenths = parts.field("1").cast(pl.Int32) * 10 + parts.field("2").fill_null("0").cast(pl.Int32)
            return outcome(
                frame.with_columns(text.alias("text")),
                tenths,
                pl.col("text").is_in(list(NOTHING)),
                [
                    (pl.col("value").is_null(), _("要填天数，例如 22.5")),
                    (pl.col("value") > MOST_DAYS * 10, _("一个月最多 {n} 天").format(n=MOST_DAYS)),
                ],
            )

        value, error = self._filled("days", judge) if needed else distinct(self.cells("days"), judge)
        self.add("days", value.fill_null(0), error)

    def _filled(self, column: str, judge) -> "tuple[pl.Series, pl.Series]":
        """As `distinct`, but an empty cell is an error."""
        import polars as pl

        value, error = distinct(self.cells(column), judge)
        told = pl.DataFrame({"value": value, "error": error}).select(
            pl.when(pl.col("value").is_null() & pl.col("error").is_null())
            .then(pl.lit(_("没有填")))
            .otherwise("error")
            .alias("error")
        )
        return value, told["error"]
