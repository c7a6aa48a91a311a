"""Long lists to choose from, made once for each language and day."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import divisions
from core.models import Division
from workers.code_lists import TRADES

Choices = list[tuple[str, Any]]


def trade_choices() -> Choices:
    """Trades under the industry they belong to, so that a long list can be read."""
    return _trades(get_language())


@lru_cache(maxsize=4)
def _trades(language: str) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in TRADES.values():
        groups.setdefault(str(entry.industry.label), []).append((entry.code, str(entry.label)))
    return list(groups.items())


def places_for(user: Any, today: date) -> list[tuple[str, Any]]:
    """The townships of a broker's districts, by district; the whole city's districts for everybody else's work."""
    own = sorted({prefix[:6] for prefix in user.jurisdiction_prefixes() if len(prefix) >= 6})
    groups = [
        (divisions.name_of(code), [(row.code, row.name) for row in Division.objects.townships(code, today)])
        for code in own
    ]
    others = [row for row in divisions.district_choices(today) if row[0] not in own]
    return [*groups, *[(_("其他区县"), others)]] if groups else others
