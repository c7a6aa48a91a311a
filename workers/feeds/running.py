"""A file's way through the registry: received, checked, confirmed, written, and taken back if need be.

What a person decides is a step of a moment; checking, writing and taking back run in the background. Whoever runs a
file holds a lock of its session, so a killed process lets go at once, and the next `take_up_feeds` finds the file where
it stood: writing and taking back are one transaction each, checking begins anew. What others saved meanwhile is settled
after the commit; `unsettled_since` remembers it until then. What crashes again and again is given up. Here stand the
steps and their order; what the background does in each stands in `jobs`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require

from .. import policies
from ..enums import Source
from ..models import FeedBatch, FeedState
from ..precedence import EPOCH
from . import files, jobs
from .lock import ImportRunning, held
from .reading import profiles
from .sealedfile import Kept
from .writing import newcomers, staging
from .writing.reconciling import reconcile

TOPIC = "workers.feed_waiting"
MOST_ATTEMPTS = 3
BEFORE_WRITING = (FeedState.UPLOADED, FeedState.CHECKING, FeedState.CHECKED)
WORK = (FeedState.UPLOADED, FeedState.CHECKING, FeedState.APPLYING, FeedState.UNDOING)
STANDING = (FeedState.APPLYING, FeedState.APPLIED, FeedState.UNDOING)
_LOCK_SPACE = 0x66656564


def receive(
    pieces: Iterator[bytes], name: str, *, source: Source, observed_on: date, by: Any, at: datetime
) -> FeedBatch:
    """Seal a stream of bytes and queue it for checking; see `take_in`."""
    _refuse_wrong(source, observed_on, by, at)
    sealed_name, kept = files.keep(pieces)
    return take_in(sealed_name, kept, name, source=source, observed_on=observed_on, by=by, at=at)


def take_in(
    sealed_name: str, kept: Kept, name: str, *, source: Source, observed_on: date, by: Any, at: datetime
) -> FeedBatch:
    """Queue a file that lies sealed already for checking.

    Raises `Refusal` for a file that stands in the registry already, and deletes it.
    """
    try:
        _refuse_wrong(source, observed_on, by, at)
        with transaction.atomic():
            batch = FeedBatch.objects.create(
                source=source,
                name=name[:200],
                digest=kept.digest,
                size_bytes=kept.size,
                sealed_name=sealed_name,
                observed_on=observed_on,
                uploaded_by=by,
                uploaded_at=at,
            )
            _refuse_repeated(batch)
            audit.record("workers.feed_received", batch, by=by, at=at, source=int(source), size=kept.size)
            outbox.put(TOPIC, batch, at=at)
    except BaseException:
        files.remove(sealed_name)
        raise
    return batch


def _refuse_wrong(source: Source, observed_on: date, by: Any, at: datetime) -> None:
    require(policies.may_import(by), _("只有市级工作人员可以导入部门数据。"))
    profiles.of(source)
    refuse_unless(observed_on <= local_day(at), _("数据日期不能晚于今天。"), field="observed_on")
    earliest = _("数据日期不能早于 {year} 年。").format(year=EPOCH.year)
    refuse_unless(observed_on >= EPOCH, earliest, field="observed_on")


def _refuse_repeated(batch: FeedBatch) -> None:
    same = FeedBatch.objects.filter(source=batch.source, digest=batch.digest, state__in=STANDING).first()
    if same is not None:
        raise Refusal(
            _("同样的文件已经导入过（第 {id} 批，{name}），没有任何变化。").format(id=same.pk, name=same.name)
        )


def confirm(batch: FeedBatch, *, by: Any, at: datetime) -> FeedBatch:
    """A person has read the preview and wants the file written."""
    require(policies.may_import(by), _("只有市级工作人员可以导入部门数据。"))
    checked = [FeedState.CHECKED]
    return _step(batch, checked, FeedState.APPLYING, "workers.feed_confirmed", by=by, at=at, confirmed_by=by)


def take_back(batch: FeedBatch, *, by: Any, at: datetime, reason: str) -> FeedBatch:
    """A person wants a written file undone."""
    require(policies.may_import(by), _("只有市级工作人员可以撤销部门数据。"))
    return _step(batch, [FeedState.APPLIED], FeedState.UNDOING, "workers.feed_taken_back", by=by, at=at, reason=reason)


def drop(batch: FeedBatch, *, by: Any, at: datetime) -> FeedBatch:
    """A file is not wanted before it is written; it is deleted. Raises `Refusal` while the background is at it."""
    require(policies.may_import(by), _("只有市级工作人员可以导入部门数据。"))
    with held(_LOCK_SPACE, batch.pk) as mine:
        refuse_unless(mine, _("后台正在处理这一批，请等它停下来再放弃。"))
        batch = _step(batch, BEFORE_WRITING, FeedState.DROPPED, "workers.feed_dropped", by=by, at=at)
        _forget(batch)
    return FeedBatch.objects.get(pk=batch.pk)


@transaction.atomic
def _step(
    batch: FeedBatch, before: Iterable, after: str, verb: str, *, by: Any, at: datetime, reason: str = "", **more: Any
) -> FeedBatch:
    """What a person decides. The samples of the preview hold values of people, so they go with it."""
    try:
        with transaction.atomic():
            rows = FeedBatch.objects.filter(pk=batch.pk, state__in=before)
            moved = rows.update(state=after, message="", attempts=0, **more)
    except IntegrityError as error:
        raise Refusal(_("同样的文件已经在写入或已导入过。")) from error
    batch = FeedBatch.objects.get(pk=batch.pk)
    refuse_unless(moved == 1, _("这一批现在是“{state}”，不能这样办理。").format(state=batch.get_state_display()))
    batch.counts = _without_samples(batch.counts)
    batch.save(update_fields=["counts"])
    audit.record(verb, batch, by=by, at=at, reason=reason)
    if after in WORK:
        outbox.put(TOPIC, batch, at=at)
    return batch


def run(batch_id: int, *, now: Callable[[], datetime]) -> FeedBatch | None:
    """Do whatever the file waits for; None when somebody else is at it. `now` is asked at every step."""
    with held(_LOCK_SPACE, batch_id) as mine:
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


def hand_back(batch: FeedBatch, number: int, *, by: Any, at: datetime) -> Iterator[bytes]:
    """The content of one workbook of returned rows, for whoever corrects them. People stand in it, so it is noted."""
    require(policies.may_import(by), _("只有市级工作人员可以下载退回的数据。"))
    refuse_unless(
        bool(batch.returned_name) and 1 <= number <= batch.counts.get("books", 0), _("这一批没有这个退回文件。")
    )
    pieces = files.returned(batch, number)
    first = next(pieces)  # a file that is damaged says so before anything is sent
    audit.record("workers.feed_returned", batch, by=by, at=at, book=number)
    return chain([first], pieces)


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
        _forget(batch)


def _forget(batch: FeedBatch) -> None:
    """Delete the file, what was staged and returned of it, and the values that its preview showed."""
    with connection.cursor() as cursor:
        staging.drop(cursor, batch.pk)
    files.forget(batch)
    counts = _without_samples(batch.counts)
    if "books" in counts:
        counts["books"] = 0
    FeedBatch.objects.filter(pk=batch.pk).update(returned_name="", counts=counts)


def _without_samples(counts: dict) -> dict:
    return {name: found for name, found in counts.items() if name != "samples"}
