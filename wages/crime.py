"""The lines of 拒不支付劳动报酬 compared with the people of a case. An alert for the official, never a verdict."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from core import parameters

from .enums import CLAIM_ENDED
from .hints import Thresholds


@dataclass(frozen=True)
class People:
    """What is owed to how many, and the claims of single people as (months, 分)."""

    count: int
    owed_fen: int
    single: tuple[tuple[int, int], ...]


def thresholds(on: date) -> Thresholds:
    known = parameters.get_many("wages.crime_", on=on)
    return Thresholds(
        one_months=known["wages.crime_one_months"].number,
        one_fen=known["wages.crime_one_fen"].number,
        group_workers=known["wages.crime_group_workers"].number,
        group_fen=known["wages.crime_group_fen"].number,
    )


def people_of(case: Any) -> People:
    """Those whose claim still counts; a row that stands for many says nothing about one of them."""
    live = case.claimants.filter(double_of__isnull=True).exclude(state__in=CLAIM_ENDED)
    sums = live.aggregate(count=Sum("stands_for", default=0), owed=Sum("owed_fen", default=0))
    single = live.filter(stands_for=1).order_by().values_list("months", "owed_fen")
    return People(sums["count"], sums["owed"], tuple((len(months), owed) for months, owed in single))


def reached(people: People, lines: Thresholds) -> bool:
    """法释〔2013〕3号 art. 3: one of them by months and sum, or all of them by number and sum."""
    one = any(months >= lines.one_months and owed >= lines.one_fen for months, owed in people.single)
    return one or (people.count >= lines.group_workers and people.owed_fen >= lines.group_fen)
