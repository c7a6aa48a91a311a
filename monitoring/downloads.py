"""The report's figures as lines and as CSV: one line per division, figure and category; numbers stay numbers."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.divisions import name_of

from .figures.definitions import FIGURES
from .readings import Edition, unit_word
from .words import data_of
from .writing import KEPT_BACK_WORD

Value = str | float | int | None

# A cell that begins so could run as a formula in a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Value) -> Value:
    """Text that no spreadsheet takes for a formula; numbers pass as they are."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def header() -> list[str]:
    return [
        _("月份"),
        _("区划代码"),
        _("区划"),
        _("指标"),
        _("分组"),
        _("单位"),
        _("本期"),
        _("上月"),
        _("上年同月"),
        _("数据时点"),
    ]


def rows(edition: Edition, divisions: list[str]) -> Iterator[list[Value]]:
    """A kept-back number is a word, a number without meaning an empty cell."""
    data = data_of(edition.report)
    for division in divisions:
        reading = edition.reading(division)
        for figure in FIGURES.values():
            for line in reading.lines(figure.key):
                yield [
                    harmless(value)
                    for value in (
                        edition.report.period,
                        division,
                        name_of(division),
                        str(figure.title),
                        str(line.label),
                        unit_word(figure.unit),
                        str(KEPT_BACK_WORD) if line.known and line.now is None else line.now,
                        line.before,
                        line.year_ago,
                        data,
                    )
                ]


def as_csv(edition: Edition, divisions: list[str]) -> bytes:
    """UTF-8 with a byte-order mark, so that spreadsheets read the Chinese."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header())
    writer.writerows(rows(edition, divisions))
    return text.getvalue().encode("utf-8-sig")
