"""The tile cartogram: one square per district, darker for more. A hand-made arrangement, not a map."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.divisions import name_of

from . import writing
from .readings import Edition

_SHADES = 6
_FULL_NAME_UP_TO = 2  # 忠县 and 城口 keep what they are called


@cache
def _places() -> dict[str, tuple[int, int]]:
    path = Path(settings.BASE_DIR) / "core" / "data" / "district_tiles.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}


def short_name(name: str) -> str:
    """What people call a district: 石柱土家族自治县 → 石柱, 江津区 → 江津, 忠县 → 忠县."""
    if name.endswith(_("自治县")):
        return name[:2]
    return name[:-1] if len(name) > _FULL_NAME_UP_TO else name


def tiles(edition: Edition) -> list[dict[str, Any]]:
    """Registered migrant workers of each district."""
    people = {code: edition.reading(code).total for code in edition.divisions if code in _places()}
    most = max((number for number in people.values() if number is not None), default=0)
    return [
        {
            "column": _places()[code][0],
            "row": _places()[code][1],
            "label": short_name(name_of(code)),
            "value": writing.short(number) if number is not None else writing.NOTHING,
            "shade": min(_SHADES * (number or 0) // most, _SHADES - 1) if most else 0,
        }
        for code, number in people.items()
    ]
