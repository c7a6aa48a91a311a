"""Figures as pictures: geometry in SVG attributes, words in HTML, so that text wraps and grows with the page."""

from collections.abc import Iterable, Mapping
from typing import Any

TILE = 60
GAP = 4


def bar_chart(rows: Iterable[Mapping[str, Any]], caption: str, now: str = "", before: str = "") -> dict:
    """Horizontal bars. A row is {label, value, text} and optionally {before} for the earlier period.

    `text` is the figure as it is written; `now` and `before` name the two periods in the legend.
    """
    rows = list(rows)
    most = max((max(row["value"], row.get("before") or 0) for row in rows), default=0) or 1
    return {
        "caption": caption,
        "now": now,
        "before": before,
        "bars": [
            {
                "label": row["label"],
                "text": row["text"],
                "width": round(100 * row["value"] / most, 1),
                "before_width": round(100 * (row.get("before") or 0) / most, 1),
            }
            for row in rows
        ],
    }


def cartogram(tiles: Iterable[Mapping[str, Any]], caption: str) -> dict:
    """One square per district. A tile is {column, row, label, value, shade}; shade runs from 0 to 5."""
    placed = [
        {
            "x": tile["column"] * TILE,
            "y": tile["row"] * TILE,
            "label": tile["label"],
            "value": tile["value"],
            "shade": tile["shade"],
            "long": len(tile["label"]) > 3,
            "on_dark": tile["shade"] > 2,
        }
        for tile in tiles
    ]
    return {
        "caption": caption,
        "tiles": placed,
        "side": TILE - GAP,
        "middle": (TILE - GAP) // 2,
        "width": max((tile["x"] for tile in placed), default=0) + TILE - GAP,
        "height": max((tile["y"] for tile in placed), default=0) + TILE - GAP,
    }
