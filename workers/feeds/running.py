"""What the background does to a file, in which order: check it, write it, take it back.

Whoever runs a file holds a lock of its session, so a killed process lets go at once, and the next `take_up_feeds` finds
the file where it stood: writing and taking back are one transaction each, checking begins anew. What others saved
meanwhile is settled after the commit; `unsettled_since` remembers it until then. What crashes again and again is given
up. The work itself stands in `jobs`.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import outbox
from core.errors import Refusal

from ..models import FeedBatch, FeedState
from . import files, jobs
from .lock import ImportRunning, held
from .writing import newcomers, staging
from .writing.reconciling import reconcile

TOPIC = "workers.feed_waiting"
MOST_ATTEMPTS = 3
WORK = (FeedState.UPLOADED, FeedState.CHECKING, FeedState.APPLYING, FeedState.UNDOING)
LOCK_SPACE = 0x66656564


def run(batch_id: int, *, now: Callable[[], datetime]) -> FeedBatch | None:
    """Do whatever the file waits for; None when somebody else is at it. `now` is asked at every step."""
    with held(LOCK_SPACE, batch_id) as mine:
        if not mine:
            return None
        batch = FeedBatch.objects.get(pk=batch_id)
        if batch.unsettled_since is not None:  # its process was killed after the commit
            reconcile(batch.act, began_at=batch.unsettled_since, at=now())
            jobs.mark_settled(batch)
        if batch.state not in WORK:
            return FeedBatch.objects.get(pk=batch_id)
        if batch.attempts >= MOST_ATTEMPTS:
            _fail(batch, _("处理时后台程序 {n} 次中断，已停止。请告诉系统维护人员。").format(n=batch.attempts), now())
            return FeedBatch.objects.get(pk=batch_id)
        # Written before the work begins, so that a process that is killed has counted too.
        FeedBatch.objects.filter(pk=batch_id).update(attempts=batch.attempts + 1)
        try:
            if batch.state in (FeedState.UPLOADED, FeedState.CHECKING):
                jobs.check(batch, now)
            elif batch.state == FeedState.APPLYING:
                jobs.apply(batch, now)
            else:
                jobs.undo(batch, now)
        except ImportRunning as busy:
            _note(batch, busy.message, now())
        except newcomers.RegistryMoved as moved:
            _check_again(batch, moved.message, now())
        except Refusal as no:
            _fail(batch, no.message, now())
        return FeedBatch.objects.get(pk=batch_id)


def waiting() -> list[int]:
    """Files that wait for work, or whose last work was not brought to its end, oldest first."""
    found = FeedBatch.objects.filter(Q(state__in=WORK) | Q(unsettled_since__isnull=False))
    return list(found.order_by("pk").values_list("pk", flat=True))


def _note(batch: FeedBatch, sentence: str, at: datetime) -> None:
    """It waits for another file, which is no attempt of its own."""
    FeedBatch.objects.filter(pk=batch.pk).update(message=sentence[:300], attempts=batch.attempts, heartbeat_at=at)


@transaction.atomic
def _check_again(batch: FeedBatch, sentence: str, at: datetime) -> None:
    """The registry has moved on since the preview: a person reads a new one before anything is written."""
    files.forget_returned(batch)
    FeedBatch.objects.filter(pk=batch.pk).update(
        state=FeedState.UPLOADED,
        message=sentence[:300],
        attempts=0,
        heartbeat_at=at,
        returned_name="",
        confirmed_by=None,
        counts={},
    )
    outbox.put(TOPIC, batch, at=at)


def _fail(batch: FeedBatch, sentence: str, at: datetime) -> None:
    """What can never succeed as it is: said, and it is deleted with what was staged. A written one stays."""
    state = FeedState.APPLIED if batch.state == FeedState.UNDOING else FeedState.FAILED
    FeedBatch.objects.filter(pk=batch.pk).update(state=state, message=sentence[:300], attempts=0, heartbeat_at=at)
    if state == FeedState.FAILED:
        forget(batch)


def forget(batch: FeedBatch) -> None:
    """Delete the file, what was staged and returned of it, and the values that its preview showed."""
    with connection.cursor() as cursor:
        staging.drop(cursor, batch.pk)
    files.forget(batch)
    counts = without_samples(batch.counts)
    if "books" in counts:
        counts["books"] = 0
    FeedBatch.objects.filter(pk=batch.pk).update(returned_name="", counts=counts)


def without_samples(counts: dict) -> dict:
    """The samples of a preview hold values of people."""
    return {name: found for name, found in counts.items() if name != "samples"}
