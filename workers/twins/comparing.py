"""Two rows side by side, indicator by indicator: what each holds, who says so since when, and where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from ..indicators import Indicator, Kind, Page, on_page
from ..models import Fate, Merge, Worker
from ..presentation import shown_to
from ..sources import source_words
from ..texts import has_text, text_of


@dataclass(frozen=True)
class Side:
    value: str
    source: str


@dataclass(frozen=True)
class Line:
    """`differs` is None where one side knows nothing."""

    label: Any
    sides: tuple[Side, Side]
    differs: bool | None


def compared(user: Any, rows: tuple[Worker, Worker], *, on: date) -> list[tuple[Any, list[Line]]]:
    """What differs first, then page by page of the profile whatever either row knows; masked as everywhere."""
    pages = [(page.label, list(_lines(user, rows, page, on))) for page in Page]
    differing = [line for _label, lines in pages for line in lines if line.differs]
    rest = [(label, [line for line in lines if not line.differs]) for label, lines in pages]
    return [(label, lines) for label, lines in [(_("两份不同的"), differing), *rest] if lines]


def _lines(user: Any, rows: tuple[Worker, Worker], page: Page, on: date) -> Iterator[Line]:
    for indicator in on_page(page):
        sides = tuple(Side(shown_to(user, row, indicator, on=on), source_words(row, indicator)) for row in rows)
        known = [side.value for side in sides if side.value]
        if known:
            yield Line(indicator.label, sides, _differ(indicator, rows) if len(known) == 2 else None)


def _differ(indicator: Indicator, rows: tuple[Worker, Worker]) -> bool:
    """By the values themselves: two masks can look alike."""
    if indicator.kind == Kind.SEALED:
        one, other = (getattr(row, indicator.column).open() for row in rows)
        return one != other
    if has_text(indicator):
        return text_of(indicator, rows[0]) != text_of(indicator, rows[1])
    return False


def moved(merge: Merge) -> list[dict[str, Any]]:
    """What a merge did to the rows of each kind that referred to the loser."""
    counts: dict[tuple[str, str], int] = {}
    for table, fate in merge.links.order_by("table", "fate").values_list("table", "fate"):
        counts[table, fate] = counts.get((table, fate), 0) + 1
    return [
        {"what": apps.get_model(table)._meta.verbose_name, "fate": Fate(fate), "n": n}
        for (table, fate), n in counts.items()
    ]
