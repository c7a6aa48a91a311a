"""How a file stands, in words: waiting for the background, at work and how far, or waiting for a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core.ui import tone

from ..models import FeedState
from ..models.feed import FileBatch
from . import kinds
from .running import WORK

# The background begins within seconds and tells of itself with every chunk; after this somebody should look.
SOON = timedelta(minutes=3)


@dataclass(frozen=True)
class Progress:
    """A badge, a sentence, and how far: `done` of `most` steps, or None where the end is not known.

    While `moving` the page is worth loading again.
    """

    word: str
    tone: str
    note: str
    moving: bool = False
    done: int | None = None
    most: int = 0


def of(batch: FileBatch, *, at: datetime) -> Progress:
    """How this file stands at a moment."""
    if batch.state not in WORK:
        return Progress(batch.get_state_display(), tone(batch), kinds.of(batch).resting(batch))
    if batch.state == FeedState.UPLOADED or (batch.state != FeedState.CHECKING and not batch.message):
        return _in_the_queue(batch, at)
    silent = at - (batch.heartbeat_at or batch.uploaded_at) > SOON
    note = _working(batch) + (_("后台已有一会儿没有动静；如果它停了，恢复后会自动接着做。") if silent else "")
    steps = [str(step) for step in kinds.of(batch).steps.values()]
    done = steps.index(batch.message) + 1 if batch.state == FeedState.APPLYING and batch.message in steps else None
    word, colour = batch.get_state_display(), "warn" if silent else tone(batch)
    return Progress(word, colour, note, moving=True, done=done, most=len(steps))


def _in_the_queue(batch: FileBatch, at: datetime) -> Progress:
    waits_for = {
        FeedState.UPLOADED: _("等待检查。"),
        FeedState.APPLYING: _("等待写入。"),
        FeedState.UNDOING: _("正在撤销，或等待撤销。"),
    }[batch.state]
    if at - (batch.heartbeat_at or batch.uploaded_at) > SOON:
        note = waits_for + _("后台程序可能没有运行，请告诉系统维护人员。文件已保存，恢复后会自动接着做。")
        return Progress(_("排队中"), "warn", note, moving=True)
    return Progress(_("排队中"), "info", waits_for + _("可以离开这一页，不用等。"), moving=True)


def _working(batch: FileBatch) -> str:
    if batch.state == FeedState.CHECKING:
        return _("已读 {n} 行。可以离开这一页，不用等。").format(n=f"{batch.lines_done:,}")
    return batch.message if batch.message.endswith("。") else batch.message + "。"
