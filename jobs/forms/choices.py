"""Long lists to choose from, made once for each language and day."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import divisions
from core.models import Division
from core.widgets import FixedChoices
from workers.code_lists import TRADES

PAY_STEPS_YUAN = (3_000, 4_000, 5_000, 6_000, 8_000, 10_000)


def trade_choices(first: Any) -> FixedChoices:
    """Trades under the industry they belong to, so that a long list can be read; `first` stands for none."""
    return _trades(str(first), get_language())


@lru_cache(maxsize=8)
def _trades(first: str, language: str) -> FixedChoices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in TRADES.values():
        groups.setdefault(str(entry.industry.label), []).append((entry.code, str(entry.label)))
    return FixedChoices([("", first), *groups.items()])


def district_filter(day: date) -> FixedChoices:
    return _districts(tuple(divisions.district_choices(day)), _("全市"))


@lru_cache(maxsize=4)
def _districts(districts: tuple[tuple[str, str], ...], first: str) -> FixedChoices:
    return FixedChoices([("", first), *districts])


@lru_cache(maxsize=4)
def pay_filter(language: str) -> FixedChoices:
    """Steps of monthly pay to look for; no wage is judged by them."""
    steps = [(str(yuan), _("¥{yuan:,} 以上").format(yuan=yuan)) for yuan in PAY_STEPS_YUAN]
    return FixedChoices([("", _("不限")), *steps])


def places_for(user: Any, today: date) -> list[tuple[str, Any]]:
    """The townships of a broker's districts, by district; the whole city's districts for everybody else's work."""
    own = sorted({prefix[:6] for prefix in user.jurisdiction_prefixes() if len(prefix) >= 6})
    groups = [
        (divisions.name_of(code), [(row.code, row.name) for row in Division.objects.townships(code, today)])
        for code in own
    ]
    others = [row for row in divisions.district_choices(today) if row[0] not in own]
    return [*groups, *[(_("其他区县"), others)]] if groups else others
