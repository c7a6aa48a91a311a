"""Turning a stated value into what the column stores, or refusing it with a sentence."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Refusal
from core.models import Division
from employers.rules import normalised_uscc, uscc_is_valid

from .derive import ABROAD
from .indicators import Indicator, Kind
from .models import Worker
from .ranges import RANGES

EMPTY = ("", None, [], ())


def _no(indicator: Indicator, sentence: str, **words: Any) -> Refusal:
    return Refusal(sentence.format(label=indicator.label, **words), field=indicator.code)


def _text(indicator: Indicator, value: Any, column: str) -> str:
    text = " ".join(str(value).replace("\x00", "").split())
    longest = Worker._meta.get_field(column).max_length
    if column == "employer_uscc" and text:
        text = normalised_uscc(text)
        if not uscc_is_valid(text):
            raise _no(indicator, _("{label}不对，请照营业执照核对 18 位代码。"))
    if len(text) > longest:
        raise _no(indicator, _("{label}最多写 {n} 个字。"), n=longest)
    return text


def _code(indicator: Indicator, value: Any, column: str) -> str:
    if value and str(value) not in indicator.choices.values:
        raise _no(indicator, _("{label}：没有这个选项。"))
    return str(value)


def _codes(indicator: Indicator, value: Any, column: str) -> list[str]:
    chosen = {str(item) for item in value}
    if not chosen <= set(indicator.choices.values):
        raise _no(indicator, _("{label}：没有这个选项。"))
    return [code for code in indicator.choices.values if code in chosen]


def _whole(indicator: Indicator, value: Any, column: str) -> int:
    try:
        return _ranged(indicator, int(value), column)
    except (TypeError, ValueError, OverflowError) as error:
        raise _no(indicator, _("{label}要填整数。")) from error


def _area(indicator: Indicator, value: Any, column: str) -> Decimal:
    try:
        return _ranged(indicator, Decimal(str(value)).quantize(Decimal("0.1")), column)
    except InvalidOperation as error:
        raise _no(indicator, _("{label}要填数字。")) from error


def _ranged(indicator: Indicator, number: Any, column: str) -> Any:
    low, high = RANGES[column]
    if not low <= number <= high:
        scale = 100 if indicator.kind == Kind.MONEY else 1
        raise _no(indicator, _("{label}应在 {low} 到 {high} 之间。"), low=low // scale, high=high // scale)
    return number


def _day(indicator: Indicator, value: Any, column: str) -> date:
    if not isinstance(value, date) or value.year < 1900:
        raise _no(indicator, _("{label}的日期不对。"))
    return value


def _yes_no(indicator: Indicator, value: Any, column: str) -> bool:
    return bool(value)


def _division(indicator: Indicator, value: Any, column: str) -> str:
    """A village's code (12 digits) is taken when its township is known; the village list is not held here."""
    code = str(value)
    if code != ABROAD and not Division.objects.filter(code=code[:9]).exists():
        raise _no(indicator, _("{label}：没有这个地方。"))
    if not code.isdecimal() or len(code) not in (2, 6, 9, 12):
        raise _no(indicator, _("{label}：没有这个地方。"))
    return code


_BY_KIND: dict[Kind, Callable[[Indicator, Any, str], Any]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.DATE: _day,
    Kind.COUNT: _whole,
    Kind.MONEY: _whole,
    Kind.AREA: _area,
    Kind.YES_NO: _yes_no,
    Kind.DIVISION: _division,
}
# Second columns of an indicator differ in kind from the first.
_BY_COLUMN = {"last_training_on": _day, "adaptation": _whole}


def clean(indicator: Indicator, column: str, value: Any) -> Any:
    """The value as the column stores it; empty values empty it. Raises `Refusal` naming the indicator."""
    if value in EMPTY:
        return empty(column)
    rule = _BY_COLUMN.get(column) or _BY_KIND.get(indicator.kind)
    return rule(indicator, value, column) if rule else value


def empty(column: str) -> Any:
    """What the column holds while unknown: "", [] or None."""
    field = Worker._meta.get_field(column.removesuffix("_id"))
    return field.get_default() if field.has_default() else None


def is_empty(value: Any) -> bool:
    """Whether nothing is known; 0 and False are values."""
    return value is None or value in ("", [])


def columns_of(indicator: Indicator, value: Any) -> dict[str, Any]:
    """A stated value spread over the indicator's columns; a mapping names them, anything else means the first."""
    stated = value if isinstance(value, dict) else {indicator.column: value}
    unknown = set(stated) - set(indicator.columns)
    if unknown:
        raise ValueError(f"{indicator.code} has no columns {sorted(unknown)}")
    return {column: clean(indicator, column, item) for column, item in stated.items()}
