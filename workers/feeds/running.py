"""What the background does to a file, in which order: check it, write it, take it back.

Whoever runs a file holds a lock of its session, so a killed process lets go at once, and the next `take_up_feeds` finds
the file where it stood: writing and taking back are one transaction each, checking begins anew. What is left to do
after a commit is remembered by the batch until it is done. What crashes again and again is given up. What the steps do
is each kind's own (`kinds`).
"""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import outbox
from core.errors import Refusal

from ..models import FeedBatch, FeedState
from ..models.feed import FileBatch
from . import files, kinds
from .lock import ImportRunning, held

MOST_ATTEMPTS = 3
WORK = (FeedState.UPLOADED, FeedState.CHECKING, FeedState.APPLYING, FeedState.UNDOING)


def run(batch_id: int, *, now: kinds.Now, model: type[FileBatch] = FeedBatch) -> FileBatch | None:
    """Do whatever the file waits for; None when somebody else is at it. `now` is asked at every step."""
    kind, rows = kinds.of(model), model._base_manager
    with held(kind.lock_space, batch_id) as mine:
        if not mine:
            return None
        batch = rows.get(pk=batch_id)
        kind.go_on(batch, now)
        if batch.state not in WORK:
            return rows.get(pk=batch_id)
        if batch.attempts >= MOST_ATTEMPTS:
            _fail(batch, _("处理时后台程序 {n} 次中断，已停止。请告诉系统维护人员。").format(n=batch.attempts), now())
            return rows.get(pk=batch_id)
        # Written before the work begins, so that a process that is killed has counted too.
        rows.filter(pk=batch_id).update(attempts=batch.attempts + 1)
        try:
            if batch.state in (FeedState.UPLOADED, FeedState.CHECKING):
                kind.check(batch, now)
            elif batch.state == FeedState.APPLYING:
                kind.apply(batch, now)
            else:
                kind.undo(batch, now)
        except ImportRunning as busy:
            _note(batch, busy.message, now())
        except kinds.CheckAgain as moved:
            _check_again(batch, moved.message, now())
        except Refusal as no:
            _fail(batch, no.message, now())
        return rows.get(pk=batch_id)


def waiting(model: type[FileBatch] = FeedBatch) -> list[int]:
    """Files that wait for work, or whose last work was not brought to its end, oldest first."""
    rows = model._base_manager
    found = rows.filter(state__in=WORK) | rows.filter(kinds.of(model).unfinished)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _note(batch: FileBatch, sentence: str, at: datetime) -> None:
    """It waits for another file, which is no attempt of its own."""
    type(batch)._base_manager.filter(pk=batch.pk).update(
        message=sentence[:300], attempts=batch.attempts, heartbeat_at=at
    )


@transaction.atomic
def _check_again(batch: FileBatch, sentence: str, at: datetime) -> None:
    """What it was checked against has moved on: a person reads a new preview before anything is written."""
    files.forget_returned(batch)
    type(batch)._base_manager.filter(pk=batch.pk).update(
        state=FeedState.UPLOADED,
        message=sentence[:300],
        attempts=0,
        heartbeat_at=at,
        returned_name="",
        confirmed_by=None,
        counts={},
    )
    outbox.put(kinds.of(batch).topic, batch, at=at)


def _fail(batch: FileBatch, sentence: str, at: datetime) -> None:
    """What can never succeed as it is: said, and it is deleted with what was staged. A written one stays."""
    state = FeedState.APPLIED if batch.state == FeedState.UNDOING else FeedState.FAILED
    type(batch)._base_manager.filter(pk=batch.pk).update(
        state=state, message=sentence[:300], attempts=0, heartbeat_at=at
    )
    if state == FeedState.FAILED:
        forget(batch)


def forget(batch: FileBatch) -> None:
    """Delete the file, what was staged and returned of it, and the values that its preview showed."""
    with connection.cursor() as cursor:
        kinds.of(batch).drop_staged(cursor, batch.pk)
    files.forget(batch)
    counts = without_samples(batch.counts)
    if "books" in counts:
        counts["books"] = 0
    type(batch)._base_manager.filter(pk=batch.pk).update(returned_name="", counts=counts)


def without_samples(counts: dict) -> dict:
    """The samples of a preview hold values of people."""
    return {name: found for name, found in counts.items() if name != "samples"}
