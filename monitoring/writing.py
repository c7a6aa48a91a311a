"""How figures are written: numbers, shares and changes, always in the same form."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .figures.definitions import Unit

Number = float | int | None

KEPT_BACK_WORD = gettext_lazy("不公布")
NOTHING = "—"
_TEN_THOUSAND = 10_000
_WRITE_IN_TEN_THOUSANDS_FROM = 100_000
_MINUS = "−"  # the typographic minus, as wide as the plus


def number(value: Number, unit: Unit) -> str:
    """19,732 · ¥5,075 · 97.4%; `None` is a number that is kept back."""
    if value is None:
        return str(KEPT_BACK_WORD)
    if unit is Unit.PERCENT:
        return f"{value:.1f}%"
    return f"¥{value:,}" if unit is Unit.YUAN else f"{value:,}"


def short(value: Number) -> str:
    """A headcount for tiles and sentences: 791.0 万 from 100,000 on."""
    if value is None:
        return str(KEPT_BACK_WORD)
    if value >= _WRITE_IN_TEN_THOUSANDS_FROM:
        return _("{number} 万").format(number=f"{value / _TEN_THOUSAND:,.1f}")
    return f"{value:,}"


def share(part: Number, whole: Number) -> float | None:
    """Per cent with one decimal; none where either is kept back or there is nobody."""
    return round(100 * part / whole, 1) if part is not None and whole else None


def signed(value: float, digits: int = 0) -> str:
    """+1.2, −3 or 0: a change shows its direction without colour."""
    rounded = round(value, digits) if digits else round(value)
    sign = "+" if rounded > 0 else _MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.{digits}f}"


def growth(now: Number, before: Number) -> float | None:
    """Per cent of `before`; none without both."""
    return 100 * (now - before) / before if now is not None and before else None


def change(now: Number, before: Number, unit: Unit) -> str:
    """People and money in per cent, rates in points, cases and posts in numbers."""
    if now is None or before is None:
        return NOTHING
    if unit is Unit.PERCENT:
        return _("{points} 点").format(points=signed(now - before, 1))
    if unit in (Unit.CASES, Unit.POSTS):
        return signed(now - before)
    per_cent = growth(now, before)
    return NOTHING if per_cent is None else f"{signed(per_cent, 1)}%"
