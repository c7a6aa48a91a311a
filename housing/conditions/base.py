"""What a condition compares with and answers with, and arithmetic over months and years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ..enums import Rule


@dataclass(frozen=True)
class Limit:
    """A parameter in force: its value, which version it is and where it is written."""

    value: Any
    version: str
    article: str
    verified: bool


Rules = Mapping[str, Limit]


@dataclass(frozen=True)
class Reason:
    """One condition: whether it is met, and what that was compared with.

    `met_on` is the first day on which waiting alone meets it; `advice` says what else would.
    """

    rule: Rule
    passed: bool
    sentence: str
    your_value: str
    limit: str
    article: str
    version: str
    verified: bool
    met_on: date | None = None
    advice: str = ""


def reason(rule: Rule, limit: Limit, *, passed: bool, sentence: str, your_value: str, bound: str, **more) -> Reason:
    """A reason that carries the limit's article, version and whether anybody saw the original."""
    return Reason(
        rule=rule,
        passed=passed,
        sentence=sentence,
        your_value=your_value,
        limit=bound,
        article=limit.article,
        version=limit.version,
        verified=limit.verified,
        **more,
    )


def month_after(day: date, months: int) -> date:
    """The first day of the month that lies `months` ahead."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def month_words(day: date) -> str:
    """2027年1月."""
    return _("{year}年{month}月").format(year=day.year, month=day.month)
