"""What the background does with a file that `running` hands it: check it, write it, or take it back.

Each ends by moving the file on. What goes wrong is left to `running`, which knows what comes of it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from core import audit
from core.calendar import local_day

from ..enums import Source
from ..models import FeedBatch, FeedState
from . import preparing
from .writing import applying, staging, undoing

STEPS = {
    "compare": gettext_lazy("和登记逐项比对"),
    "people": gettext_lazy("登记新的人"),
    "statements": gettext_lazy("保存每一条说法和来源"),
    "settle": gettext_lazy("更新有变化的信息"),
}


def check(batch: FeedBatch, now: Callable[[], datetime]) -> None:
    """Read and stage the file, and show a person what it would do."""
    FeedBatch.objects.filter(pk=batch.pk).update(state=FeedState.CHECKING, heartbeat_at=now(), lines_done=0)

    def tell(lines: int) -> None:
        FeedBatch.objects.filter(pk=batch.pk).update(lines_done=lines, heartbeat_at=now())

    found = preparing.stage(batch, on=local_day(now()), tell=tell)
    FeedBatch.objects.filter(pk=batch.pk).update(state=FeedState.CHECKED, attempts=0, heartbeat_at=now(), **found)


def apply(batch: FeedBatch, now: Callable[[], datetime]) -> None:
    """Write the file, its end and its audit in one transaction."""
    at, beside = now(), connection.copy()

    def tell(step: str) -> None:
        """Progress of a transaction is seen only from beside it."""
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE workers_feedbatch SET message = %s, heartbeat_at = %s WHERE id = %s",
                [str(STEPS[step]), now(), batch.pk],
            )

    try:
        with transaction.atomic():
            act, counts = applying.apply(
                batch.pk,
                batch.columns,
                source=Source(batch.source),
                observed_on=batch.observed_on,
                by=batch.confirmed_by,
                at=at,
                tell=tell,
            )
            with connection.cursor() as cursor:
                staging.drop(cursor, batch.pk)
            _finish(batch, FeedState.APPLIED, counts, at=at, act=act, applied_at=at)
            audit.record("workers.feed_applied", batch, by=batch.confirmed_by, at=at, act=act.pk, **counts)
        mark_settled(batch)
    finally:
        beside.close()


def undo(batch: FeedBatch, now: Callable[[], datetime]) -> None:
    """The same for taking it back."""
    at = now()
    with transaction.atomic():
        counts = undoing.undo(batch.act, at=at)
        _finish(batch, FeedState.UNDONE, counts, at=at, undone_at=at)
        audit.record("workers.feed_undone", batch, by=None, at=at, act=batch.act_id, **counts)
    mark_settled(batch)


def mark_settled(batch: FeedBatch) -> None:
    """What others saved meanwhile was settled after the commit, so nobody need take it up."""
    FeedBatch.objects.filter(pk=batch.pk).update(unsettled_since=None)


def _finish(batch: FeedBatch, state: str, counts: dict, *, at: datetime, **more: Any) -> None:
    key = "applied" if state == FeedState.APPLIED else "undone"
    FeedBatch.objects.filter(pk=batch.pk).update(
        state=state,
        counts={**batch.counts, key: counts},
        message="",
        attempts=0,
        heartbeat_at=at,
        unsettled_since=at,
        **more,
    )
