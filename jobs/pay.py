"""Comparing and writing pay that is stated per month, day, hour or piece."""

from workers.code_lists import PayUnit

from .enums import DAYS_PER_MONTH, HOURS_PER_DAY, UNIT_AFTER_AMOUNT

_PER_MONTH = {PayUnit.MONTH: 1, PayUnit.DAY: DAYS_PER_MONTH, PayUnit.HOUR: DAYS_PER_MONTH * HOURS_PER_DAY}


def per_month_fen(amount_fen: int | None, unit: str) -> int | None:
    """What an amount comes to in a full month; None when unknown or by the piece."""
    return amount_fen * _PER_MONTH[unit] if amount_fen and unit in _PER_MONTH else None


def _yuan(amount_fen: int) -> str:
    yuan, cents = divmod(amount_fen, 100)
    return f"{yuan:,}.{cents:02}" if cents else f"{yuan:,}"


def range_text(low_fen: int, high_fen: int) -> str:
    """¥6,500–8,000, or one amount when both are equal."""
    return f"¥{_yuan(low_fen)}" if low_fen == high_fen else f"¥{_yuan(low_fen)}–{_yuan(high_fen)}"


def with_unit(amount_fen: int, unit: str) -> str:
    """¥6,000/月."""
    return f"¥{_yuan(amount_fen)}/{UNIT_AFTER_AMOUNT[PayUnit(unit)]}"
