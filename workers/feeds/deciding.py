"""What people decide about a file: write it, give it up, take it back, and fetch the rows that went back.

Each is a step of a moment; what follows from it runs in the background (`running`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import Refusal, refuse_unless, require

from .. import policies
from ..models import FeedBatch, FeedState
from . import files, running
from .lock import held

BEFORE_WRITING = (FeedState.UPLOADED, FeedState.CHECKING, FeedState.CHECKED)


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
    with held(running.LOCK_SPACE, batch.pk) as mine:
        refuse_unless(mine, _("后台正在处理这一批，请等它停下来再放弃。"))
        batch = _step(batch, BEFORE_WRITING, FeedState.DROPPED, "workers.feed_dropped", by=by, at=at)
        running.forget(batch)
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
    batch.counts = running.without_samples(batch.counts)
    batch.save(update_fields=["counts"])
    audit.record(verb, batch, by=by, at=at, reason=reason)
    if after in running.WORK:
        outbox.put(running.TOPIC, batch, at=at)
    return batch


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
