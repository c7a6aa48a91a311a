"""From what stands in a cell to what the registry stores, by kind of indicator; each rule sees distinct cells only.

A rule takes a frame with the column `raw` (distinct cells, none of them null) and adds `value` (null: says nothing) and
`error` (a sentence without the cell's content, or null). A million cells hold a few thousand distinct ones, so lists of
codes may be looked up in Python; days and sums stay in polars' expressions. Texts and sums, which differ from row to
row, have a short cut besides: cells that are plainly right pass as they are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from employers.models.employer import USCC_FORM

from ...indicators import Indicator, Kind
from ...models import Worker
from ...ranges import RANGES
from .check_digits import uscc_check_matches
from .places import Places
from .spellings import NO, NOTHING, YES, code_of, spelled

if TYPE_CHECKING:
    import polars as pl

# Zero-width and direction marks come along when numbers are copied from chat windows.
_UNSEEN = r"\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}"
_INVISIBLE = f"[{_UNSEEN}]"
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\x{9f}\x{fffd}-\x{ffff}]"
_TO_CHANGE = rf"[\s\x00-\x1f\x7f-\x{{9f}}\x{{fffd}}-\x{{ffff}}{_UNSEEN}—０-９Ａ-Ｚａ-ｚ]"
_PLAIN_SUM = r"^\d{1,9}(\.\d{1,2})?$"
_WIDE = {chr(code + 0xFEE0): chr(code) for code in (*range(48, 58), *range(65, 91), *range(97, 123))}
_DAY = r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
_SERIAL = r"^(\d{5})(?:\.\d+)?$"
_MONEY = r"^¥?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$"
_SEVERAL = re.compile(r"[,、;|\s]+")
_EARLIEST = date(1900, 1, 1)
# Day 1 of the 1900 system is 1900-01-01, but it counts a 29 February 1900 that never was.
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True)
class Context:
    """What the rules know beside the cells."""

    on: date
    places: Places
    dates_from_1904: bool = False


Rule = Callable[["pl.DataFrame", Indicator, str, Context], "pl.DataFrame"]


def clean(cells: "pl.Series", indicator: Indicator, column: str, context: Context) -> "tuple[pl.Series, pl.Series]":
    """The typed values of a column's cells, and what is wrong with them."""
    import polars as pl

    rule = rule_for(indicator, column)
    if rule not in _SHORT_CUTS:
        return distinct(cells, lambda frame: rule(frame, indicator, column, context))
    raw = cells.alias("raw").to_frame()
    passed = _SHORT_CUTS[rule](raw, column).to_series()
    odd = raw.filter(passed.is_null()).unique().drop_nulls()
    if odd.is_empty():
        return passed, pl.Series("error", [None], dtype=pl.String).new_from_index(0, len(passed))
    placed = raw.join(rule(odd, indicator, column, context), "raw", "left", maintain_order="left")
    return placed.select(pl.coalesce(passed, "value")).to_series(), placed["error"]


def distinct(cells: "pl.Series", judge: "Callable[[pl.DataFrame], pl.DataFrame]") -> "tuple[pl.Series, pl.Series]":
    """`value` and `error` of each cell by a rule that sees distinct cells only, as `raw`."""
    raw = cells.alias("raw").to_frame()
    placed = raw.join(judge(raw.unique().drop_nulls()), "raw", "left", maintain_order="left")
    return placed["value"], placed["error"]


def rule_for(indicator: Indicator, column: str) -> Rule:
    """The rule of a column; the second column of an indicator may differ in kind from the first."""
    return _BY_COLUMN.get(column) or _BY_KIND[indicator.kind]


def dense(column: "pl.Expr") -> "pl.Expr":
    """Half width, without any space; capitals."""
    return column.str.replace_all(_INVISIBLE, "").str.normalize("NFKC").str.replace_all(r"\s+", "").str.to_uppercase()


def outcome(
    frame: "pl.DataFrame", value: "pl.Expr", nothing: "pl.Expr", errors: "list[tuple[pl.Expr, str]]"
) -> "pl.DataFrame":
    """Add `value` and `error`; the first condition that holds gives the sentence."""
    import polars as pl

    error = pl.lit(None, dtype=pl.String)
    for condition, sentence in reversed(errors):
        error = pl.when(condition).then(pl.lit(sentence)).otherwise(error)
    frame = frame.with_columns(value.alias("value"), nothing.alias("nothing"))
    frame = frame.with_columns(pl.when("nothing").then(None).otherwise(error).alias("error"))
    return frame.select("raw", pl.when("nothing").then(None).otherwise("value").alias("value"), "error")


def _text(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    import polars as pl

    plain = pl.col("raw").str.replace_all(_INVISIBLE, "").str.replace_all(r"\s+", " ").str.strip_chars()
    frame = frame.with_columns(plain.str.replace_many(_WIDE).alias("text"))
    longest = Worker._meta.get_field(column).max_length
    return outcome(
        frame,
        pl.col("text"),
        pl.col("text").str.to_uppercase().is_in(list(NOTHING)),
        [
            (pl.col("text").str.contains(_CONTROL), _("有看不见的字符或乱码")),
            (pl.col("text").str.len_chars() > longest, _("最多写 {n} 个字").format(n=longest)),
        ],
    )


def _uscc(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    import polars as pl

    frame = frame.with_columns(dense(pl.col("raw")).str.replace_all("-", "").alias("text"))
    frame = frame.with_columns(pl.col("text").str.contains(USCC_FORM).alias("formed"))
    frame = frame.with_columns(uscc_check_matches(frame["text"], frame["formed"]).alias("matches"))
    return outcome(
        frame,
        pl.col("text"),
        pl.col("text").is_in(list(NOTHING)),
        [(~pl.col("matches"), _("不对，请照营业执照核对 18 位代码"))],
    )


def _day(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    return days(frame, context.on, from_1904=context.dates_from_1904)


def days(frame: "pl.DataFrame", on: date, *, from_1904: bool) -> "pl.DataFrame":
    """Dates in whatever spelling, none of them after `on`; for the tables of every room."""
    import polars as pl

    text = pl.col("raw").str.replace_all(_INVISIBLE, "").str.normalize("NFKC").str.strip_chars()
    frame = frame.with_columns(text.str.replace_all(r"\s*([-/.年月日])\s*", "$1").alias("text"))
    parts = pl.col("text").str.extract_groups(_DAY).struct
    written = pl.concat_str(
        parts.field("1"), parts.field("2").str.zfill(2), parts.field("3").str.zfill(2), ignore_nulls=False
    )
    serial = pl.col("text").str.extract(_SERIAL).cast(pl.Int32)
    counted = pl.lit(_EPOCHS[from_1904]) + pl.duration(days=serial)
    value = pl.coalesce(
        written.str.to_date("%Y%m%d", strict=False),
        pl.when(pl.col("text").str.contains(r"^\d{8}$")).then("text").str.to_date("%Y%m%d", strict=False),
        pl.when(serial.is_between(10_000, 73_050)).then(counted),
    )
    return outcome(
        frame,
        value,
        pl.col("text").str.to_uppercase().is_in(list(NOTHING)),
        [
            (pl.col("value").is_null(), _("日期看不懂，请写成 2026-03-05")),
            (pl.col("value") > on, _("是以后的日期")),
            (pl.col("value") < _EARLIEST, _("日期早于 1900 年")),
        ],
    )


def _count(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    import polars as pl

    unit = f"(?:{indicator.unit}|个?月|人|次)?$"
    number = dense(pl.col("raw")).str.extract(rf"^(\d{{1,6}})(?:\.0+)?{unit}").cast(pl.Int32)
    low, high = RANGES[column]
    frame = frame.with_columns(dense(pl.col("raw")).alias("text"), number.alias("number"))
    return outcome(
        frame,
        pl.when(pl.col("number").is_between(low, high)).then("number").cast(pl.Int16),
        pl.col("text").is_in(list(NOTHING)),
        [
            (pl.col("number").is_null(), _("要填整数")),
            (pl.col("value").is_null(), _("应在 {low} 到 {high} 之间").format(low=low, high=high)),
        ],
    )


def _money(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    return sums(frame, *RANGES[column])


def sums(frame: "pl.DataFrame", low: int, high: int) -> "pl.DataFrame":
    """Sums of yuan as fen within their range; for the tables of every room."""
    import polars as pl

    frame = frame.with_columns(dense(pl.col("raw")).str.strip_suffix("元").alias("text"))
    parts = pl.col("text").str.extract_groups(_MONEY).struct
    cents = parts.field("2").fill_null(".").str.slice(1).str.strip_chars_end("0")
    yuan = parts.field("1").str.replace_all(",", "").cast(pl.Int64, strict=False)
    frame = frame.with_columns(yuan.alias("yuan"), cents.alias("cents"))
    fen = pl.col("yuan") * 100 + pl.col("cents").str.pad_end(2, "0").cast(pl.Int64, strict=False)
    return outcome(
        frame,
        pl.when(pl.col("yuan") <= high // 100).then(fen),
        pl.col("text").is_in(list(NOTHING)),
        [
            (pl.col("yuan").is_null(), _("要填金额，单位是元，例如 1234.50")),
            (pl.col("cents").str.len_chars() > 2, _("金额最多两位小数")),
            (
                ~pl.col("value").is_between(low, high).fill_null(False),
                _("应在 {low} 到 {high} 元之间").format(low=low // 100, high=high // 100),
            ),
        ],
    )


def _looked_up(frame: "pl.DataFrame", look_up: Callable[[str], Any], kind: Any, sentence: str) -> "pl.DataFrame":
    """Each distinct cell through a function that gives None for what it does not know."""
    import polars as pl

    values, errors = [], []
    for raw in frame["raw"]:
        value = look_up(raw)
        nothing = value is None and spelled(raw) in NOTHING
        values.append(value)
        errors.append(sentence if value is None and not nothing else None)
    return frame.with_columns(
        pl.Series("value", values, dtype=kind), pl.Series("error", errors, dtype=pl.String)
    ).select("raw", "value", "error")


def _code(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    import polars as pl

    return _looked_up(frame, lambda raw: code_of(indicator, raw), pl.String, _("代码表里没有这个值"))


def _codes(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    import polars as pl

    def several(raw: str) -> list[str] | None:
        whole = code_of(indicator, raw)
        if whole is not None:
            return [whole]
        said = {code_of(indicator, part) for part in _SEVERAL.split(_spaced(raw).strip("{}[]")) if part}
        return [code for code in indicator.choices.values if code in said] if said and None not in said else None

    return _looked_up(frame, several, pl.List(pl.String), _("代码表里没有其中的值，多个值用顿号隔开"))


def _spaced(raw: str) -> str:
    return raw.replace("，", ",").replace("；", ";").replace("｜", "|")


def _yes_no(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    import polars as pl

    def meant(raw: str) -> bool | None:
        word = spelled(raw)
        return True if word in YES else False if word in NO else None

    return _looked_up(frame, meant, pl.Boolean, _("要填“是”或“否”"))


def _division(frame: "pl.DataFrame", indicator: Indicator, column: str, context: Context) -> "pl.DataFrame":
    import polars as pl

    said = [("", "") if (text := spelled(raw)) in NOTHING else context.places.read(text) for raw in frame["raw"]]
    return frame.select(
        "raw",
        pl.Series("value", [code or None for code, _error in said], dtype=pl.String),
        pl.Series("error", [error or None for _code, error in said], dtype=pl.String),
    )


_BY_KIND: dict[Kind, Rule] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.DATE: _day,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.YES_NO: _yes_no,
    Kind.DIVISION: _division,
}


def _plain_texts(raw: "pl.DataFrame", column: str) -> "pl.DataFrame":
    """Texts in which nothing is to be changed, else null; short ones may be a way to say nothing."""
    import polars as pl

    text = pl.col("raw")
    fits = text.str.len_chars() <= Worker._meta.get_field(column).max_length
    return raw.select(pl.when(~text.str.contains(_TO_CHANGE) & (text.str.len_bytes() > 4) & fits).then(text))


def _plain_sums(raw: "pl.DataFrame", column: str) -> "pl.DataFrame":
    """Sums of digits and a point within their range, else null."""
    import polars as pl

    low, high = RANGES[column]
    plain = pl.when(pl.col("raw").str.contains(_PLAIN_SUM)).then("raw")
    fen = (plain.cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64)
    return raw.select(pl.when(fen.is_between(low, high)).then(fen))


_SHORT_CUTS: dict[Rule, Callable[["pl.DataFrame", str], "pl.DataFrame"]] = {_text: _plain_texts, _money: _plain_sums}
_BY_COLUMN: dict[str, Rule] = {"last_training_on": _day, "employer_uscc": _uscc}
