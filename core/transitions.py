"""Workflows as tables, walked by one compare-and-set: two people can never both decide."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from . import audit
from .errors import Refusal

Row = TypeVar("Row", bound=models.Model)


class Flow:
    """`Flow(accept=([State.FILED], State.ACCEPTED))`: each verb's allowed states and the state it leads to."""

    def __init__(self, **verbs: tuple[Iterable[str], str]) -> None:
        self._verbs = {verb: (frozenset(sources), target) for verb, (sources, target) in verbs.items()}

    def sources(self, verb: str) -> frozenset[str]:
        return self._verbs[verb][0]

    def target(self, verb: str) -> str:
        return self._verbs[verb][1]

    def allows(self, verb: str, state: str) -> bool:
        return state in self.sources(verb)

    def verbs_from(self, state: str) -> list[str]:
        """The verbs possible in `state`, in the table's order."""
        return [verb for verb, (sources, _target) in self._verbs.items() if state in sources]

    def __iter__(self):
        return iter(self._verbs)


class AlreadyMoved(Refusal):
    """Somebody else moved the row first, or the verb does not apply to its state."""


def move(row: Row, verb: str, *, by: Any, at: datetime, reason: str = "", **changes: Any) -> Row:
    """Walk one step of `row.FLOW` and return the fresh row.

    An `UPDATE … WHERE state IN (sources)` and the audit entry stand in one transaction. `changes` are written
    with it. Raises `AlreadyMoved`, naming the present state and who brought it there.
    """
    flow: Flow = row.FLOW
    with transaction.atomic():
        manager = type(row)._base_manager
        moved = manager.filter(pk=row.pk, state__in=flow.sources(verb)).update(state=flow.target(verb), **changes)
        if not moved:
            raise AlreadyMoved(_why_not(row))
        audit.record(verb, row, by=by, at=at, reason=reason, after=str(flow.target(verb)))
        return manager.get(pk=row.pk)


def _why_not(row: models.Model) -> str:
    fresh = type(row)._base_manager.get(pk=row.pk)
    last = audit.timeline(row).filter(verb__in=list(row.FLOW)).last()  # who moved it, not who looked at it
    if last is None:
        return _("现在的状态是“{state}”，不能这样办理。").format(state=fresh.get_state_display())
    return _("{who}已先行办理，现在的状态是“{state}”。你的操作没有生效。").format(
        who=last.actor, state=fresh.get_state_display()
    )
