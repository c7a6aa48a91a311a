"""How much slower reading gets when the registry becomes ten times as big."""

from .rows import Target, significant
from .stage import WHOLE_CITY

READING = ("registry.admin_list", "registry.search_id", "registry.profile")
TIMES = 10
TARGET = Target(1.5, "at most")


def rows(measured: list[dict]) -> list[dict]:
    """One row per 95th percentile of reading that was measured at a scale and at a tenth of it."""
    times = {(row["name"], row["scale"]): row for row in measured if _is_reading(row["name"])}
    pairs = ((row, times.get((name, scale // TIMES))) for (name, scale), row in times.items())
    return [_growth(row, smaller) for row, smaller in pairs if smaller is not None]


def _is_reading(name: str) -> bool:
    return name.startswith(READING) and name.endswith(".p95")


def _growth(row: dict, smaller: dict) -> dict:
    value = row["value"] / smaller["value"]
    is_city = row["scale"] == WHOLE_CITY
    return {
        **row,
        "name": f"{row['name']}.growth",
        "value": significant(value),
        "unit": "times",
        "baseline": None,
        "baseline_is": f"its value over that at {smaller['scale']:,}",
        "ratio": None,
        "target": TARGET.limit if is_city else None,
        "target_side": TARGET.side if is_city else None,
        "holds": TARGET.holds(value) if is_city else None,
    }
