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

from ..models import FeedState
from ..models.feed import FileBatch
from . import files, kinds, running
from .lock import held

BEFORE_WRITING = (FeedState.UPLOADED, FeedState.CHECKING, FeedState.CHECKED)


def confirm(batch: FileBatch, *, by: Any, at: datetime) -> FileBatch:
    """A person has read the preview and wants the file written."""
    _require(batch, by)
    return _step(batch, [FeedState.CHECKED], FeedState.APPLYING, "confirmed", by=by, at=at, confirmed_by=by)


def take_back(batch: FileBatch, *, by: Any, at: datetime, reason: str) -> FileBatch:
    """A person wants a written file undone."""
    _require(batch, by)
    return _step(batch, [FeedState.APPLIED], FeedState.UNDOING, "taken_back", by=by, at=at, reason=reason)


def drop(batch: FileBatch, *, by: Any, at: datetime) -> FileBatch:
    """A file is not wanted before it is written; it is deleted. Raises `Refusal` while the background is at it."""
    _require(batch, by)
    with held(kinds.of(batch).lock_space, batch.pk) as mine:
        refuse_unless(mine, _("后台正在处理这一批，请等它停下来再放弃。"))
        batch = _step(batch, BEFORE_WRITING, FeedState.DROPPED, "dropped", by=by, at=at)
        running.forget(batch)
    return type(batch)._base_manager.get(pk=batch.pk)


def _require(batch: FileBatch, by: Any) -> None:
    kind = kinds.of(batch)
    require(kind.may(by, batch), str(kind.denied))


@transaction.atomic
def _step(
    batch: FileBatch, before: Iterable, after: str, verb: str, *, by: Any, at: datetime, reason: str = "", **more: Any
) -> FileBatch:
    """What a person decides. The samples of the preview hold values of people, so they go with it."""
    try:
        with transaction.atomic():
            rows = type(batch)._base_manager.filter(pk=batch.pk, state__in=before)
            moved = rows.update(state=after, message="", attempts=0, **more)
    except IntegrityError as error:
        raise Refusal(_("同样的文件已经在写入或已导入过。")) from error
    batch = type(batch)._base_manager.get(pk=batch.pk)
    refuse_unless(moved == 1, _("这一批现在是“{state}”，不能这样办理。").format(state=batch.get_state_display()))
    batch.counts = running.without_samples(batch.counts)
    batch.save(update_fields=["counts"])
    audit.record(f"{kinds.of(batch).trail}_{verb}", batch, by=by, at=at, reason=reason)
    if after in running.WORK:
        outbox.put(kinds.of(batch).topic, batch, at=at)
    return batch


def hand_back(batch: FileBatch, number: int, *, by: Any, at: datetime) -> Iterator[bytes]:
    """The content of one workbook of returned rows, for whoever corrects them. People stand in it, so it is noted."""
    _require(batch, by)
    refuse_unless(
        bool(batch.returned_name) and 1 <= number <= batch.counts.get("books", 0), _("这一批没有这个退回文件。")
    )
    pieces = files.returned(batch, number)
    first = next(pieces)  # a file that is damaged says so before anything is sent
    audit.record(f"{kinds.of(batch).trail}_returned", batch, by=by, at=at, book=number)
    return chain([first], pieces)
