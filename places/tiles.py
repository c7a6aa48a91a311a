"""Choosing a district: squares in a hand-made arrangement that is no map, and the same as a table."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from core.divisions import district_choices

SIDE, STEP = 56, 60


@cache
def _arrangement() -> dict[str, tuple[int, int]]:
    path = Path(settings.BASE_DIR) / "core" / "data" / "district_tiles.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}


def _short(name: str) -> str:
    """江津区 → 江津, 石柱土家族自治县 → 石柱, 忠县 stays."""
    name = name.partition("（")[0]
    if name.endswith(_("自治县")):
        return name[:2]
    return name[:-1] if len(name) > 2 else name


def of_districts(places: Any, *, today: date, url: str) -> list[dict]:
    """Each district with how many places are known there, its list, and where its square stands, if it has one."""
    counted = places.exclude(kind="outside").annotate(district=Left("division", 6)).values_list("district")
    many = dict(counted.order_by().annotate(many=Count("pk")))
    return [
        {
            "name": name,
            "short": _short(name),
            "many": many.get(code, 0),
            "url": f"{url}?district={code}",
            "x": _arrangement()[code][0] * STEP if code in _arrangement() else None,
            "y": _arrangement()[code][1] * STEP if code in _arrangement() else None,
        }
        for code, name in district_choices(today)
    ]
