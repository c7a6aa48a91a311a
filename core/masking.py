"""What other people see of a personal value. An ID number keeps no tail: head, tail and birth date rebuild it."""

import re
from datetime import date

from django.utils.translation import gettext as _

from .crypto import normalise

# An ID number of 18 or 15 characters with a day of birth in it, or a mobile number; no part of a longer mark.
_DAY = r"(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])(?:[1-8]\d{{5}}(?:19|20)\d\d{_DAY}\d{{3}}[\dXx]|[1-8]\d{{7}}{_DAY}\d{{3}}|(?:\+?86)?1[3-9]\d{{9}})"
    r"(?![0-9A-Za-z])"
)


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678, as people know it from receipts."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else "*" * len(phone)


def mask_id(number: str) -> str:
    """The first three digits (the province and half the city), then stars."""
    return number[:3] + "*" * max(len(number) - 3, 0)


def mask_name(name: str) -> str:
    """The surname and 某: 王伟 → 王某, 欧阳小红 → 欧阳某某."""
    compound = {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "夏侯", "令狐"}
    surname = name[:2] if name[:2] in compound else name[:1]
    return surname + "某" * max(len(name) - len(surname), 1) if name else ""


def age_on(birth_date: date, day: date) -> int:
    """Whole years lived on `day`."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def age_band(birth_date: date, day: date) -> str:
    """A five-year band, all that a broker sees of a birth date: 40–44 岁."""
    low = age_on(birth_date, day) // 5 * 5
    return _("{low}–{high} 岁").format(low=low, high=low + 4)


def holds_number(typed: str) -> bool:
    """Whether an ID number or a mobile number stands in what somebody typed, however it is spaced."""
    return _NUMBER.search(normalise("typed", typed)) is not None
