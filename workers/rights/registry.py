"""What every matter tells the rights about itself: which tables hold a person, why some are left out of a copy, what
forbids an erasure and what an erasure does.

Each app registers in its own `rights.py`, which is loaded when the registry is ready; so the rights need to know no
table of a floor above. `tests/workers/test_rights_coverage.py` fails for a table that nobody has spoken for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from ..models import Worker


@dataclass(frozen=True)
class Person:
    """Whose data: the account, the row that is shown (None before the first registration), every row merged into it."""

    user: Any
    worker: Worker | None
    rows: tuple[int, ...]


Rows = Callable[[Person], QuerySet]


@dataclass(frozen=True)
class Exporter:
    """One table of a person's copy. `key` names it for programs and never changes."""

    key: str
    model: type[Model]
    rows: Rows
    omit: frozenset[str]


@dataclass(frozen=True)
class Hold:
    """Why data may not be erased now, as a sentence for the person, and a link to what holds it."""

    reason: str
    url: str
    link: str


@dataclass(frozen=True)
class Looks:
    """Entries of the trail about one kind of row by which somebody looked at the person: verb → what was seen."""

    subject_type: str
    verbs: dict[str, str]
    ids: Callable[[Person], list[str]]


Holds = Callable[[Worker, datetime], list[Hold]]
Eraser = Callable[[Worker, datetime], None]

_exporters: dict[str, Exporter] = {}
_left_out: dict[str, str] = {}
_looks: list[Looks] = []
_holds: list[Holds] = []
_erasers: list[Eraser] = []


def export(key: str, model: type[Model], rows: Rows, *, omit: tuple[str, ...] = ()) -> None:
    """This table holds people; `rows` finds one person's, `omit` names columns that are somebody else's."""
    if key in _exporters:
        raise ValueError(f"{key} is exported already")
    _exporters[key] = Exporter(key, model, rows, frozenset(omit))


def leave_out(label: str, reason: str) -> None:
    """This table ("mfa.authenticator") is not part of a person's copy, because …"""
    _left_out[label.lower()] = reason


def looks(subject_type: str, verbs: dict[str, str], ids: Callable[[Person], list[str]]) -> None:
    """People are shown these entries where they see who looked at them."""
    _looks.append(Looks(subject_type, verbs, ids))


def all_looks() -> list[Looks]:
    return list(_looks)


def hold(check: Holds) -> None:
    """Ask this before anything of a person is erased."""
    _holds.append(check)


def eraser(act: Eraser) -> None:
    """Have this done when a person is erased."""
    _erasers.append(act)


def exporters() -> list[Exporter]:
    return list(_exporters.values())


def exported_models() -> set[str]:
    return {one.model._meta.label_lower for one in _exporters.values()}


def left_out() -> dict[str, str]:
    return dict(_left_out)


def holds(worker: Worker, at: datetime) -> list[Hold]:
    """Everything that forbids erasing this person now."""
    return [found for check in _holds for found in check(worker, at)]


def erase_elsewhere(worker: Worker, at: datetime) -> None:
    """What the matters do when a person is erased."""
    for act in _erasers:
        act(worker, at)
