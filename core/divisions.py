"""Looking up divisions by code. A code's prefix is its district, so jurisdiction is a prefix match."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import audit
from .models import Division

CITY = "500000"
CITY_PREFIX = "50"


def district_of(code: str) -> str:
    """The six-digit district of a longer code."""
    return code[:6]


def prefix_of(code: str) -> str:
    """The prefix that all codes inside a division share: 50 for the city, else the code itself."""
    return CITY_PREFIX if code == CITY else code


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return dict(Division.objects.values_list("code", "name"))


def forget_names() -> None:
    """Drop the cached names and lists; called after a division was edited."""
    _names.cache_clear()
    _district_choices.cache_clear()


@transaction.atomic
def keep(row: Division, *, by: Any, at: datetime) -> Division:
    """Add or correct a division. Other processes show an old name until they restart."""
    row.save()
    audit.record("divisions.kept", row, by=by, at=at)
    forget_names()
    return row


def name_of(code: str) -> str:
    """江津区 几江街道 for a township, 江津区 for a district, 浙江省 for a province; "" for no code.

    An unknown township falls back to its district's name, an unknown code to the code itself.
    """
    if not code:
        return ""
    names = _names()
    if code[:2] != CITY_PREFIX:
        return names.get(code[:2], code)
    parts = [names[part] for part in dict.fromkeys((code[:6], code[:9])) if part in names]
    return " ".join(parts) or code


def district_choices(day: date) -> list[tuple[str, str]]:
    """(code, label) of the districts a person may pick on `day`.

    An abolished district whose successor has no published code stays, because its people need an answer. Read once a
    day in each process.
    """
    return list(_district_choices(day, get_language()))


@lru_cache(maxsize=8)
def _district_choices(day: date, language: str | None) -> list[tuple[str, str]]:
    rows = Division.objects.filter(level=Division.Level.DISTRICT).order_by("code")
    gone = {row.code for row in rows if row.valid_to and row.valid_to <= day}
    return [
        (row.code, _("{name}（已撤并）").format(name=row.name) if row.code in gone else row.name)
        for row in rows
        if row.code not in gone or row.successor_id is None
    ]
