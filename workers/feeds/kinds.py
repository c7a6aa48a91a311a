"""The kinds of files that travel this way, and what is each kind's own: whose rows they are, and what the steps do.

The way itself is one (`receiving`, `running`, `deciding`, `progress`, `files`). The registry's kind is `registry`;
rooms above register theirs when they are ready.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Q

from core.errors import Refusal

from ..models.feed import FileBatch

Now = Callable[[], datetime]
Work = Callable[[Any, Now], None]


class CheckAgain(Refusal):
    """What the file was checked against has moved on since: a person reads a new preview before anything is written."""


def _nothing(batch: Any, now: Now) -> None:
    """Most kinds leave nothing behind their commit."""


@dataclass(frozen=True)
class Kind:
    """One kind of files.

    `trail` begins the verbs of the audit. `same`: the columns in which two files must agree, beside their bytes, to be
    the same one. `check`, `apply` and `undo` end by moving the batch on. `unfinished` finds batches whose last work was
    committed and not brought to its end; `go_on` does that. `may` is asked with a batch, or with None before there is
    one.
    """

    model: type[FileBatch]
    trail: str
    topic: str
    lock_space: int
    may: Callable[[Any, Any], bool]
    denied: Any
    check: Work
    apply: Work
    undo: Work
    drop_staged: Callable[[CursorWrapper, int], None]
    resting: Callable[[Any], str]
    steps: Mapping[str, Any]
    outcomes: Mapping[str, Any]
    same: tuple[str, ...] = ()
    unfinished: Q = field(default_factory=lambda: Q(pk__in=[]))
    go_on: Work = _nothing


_kinds: dict[type[FileBatch], Kind] = {}


def register(kind: Kind) -> Kind:
    _kinds[kind.model] = kind
    return kind


def of(batch: FileBatch | type[FileBatch]) -> Kind:
    """The kind of a batch, or of its model."""
    return _kinds[batch if isinstance(batch, type) else type(batch)]


def every() -> list[Kind]:
    return list(_kinds.values())
