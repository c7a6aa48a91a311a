"""How a file stands, in words: waiting for the background, at work and how far, or waiting for a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui import tone

from ..models import FeedBatch, FeedState
from .jobs import STEPS
from .running import WORK

# The background begins within seconds and tells of itself with every chunk; after this somebody should look.
SOON = timedelta(minutes=3)
OUTCOMES = {
    "rows": gettext_lazy("能读懂的行"),
    "returned_rows": gettext_lazy("退回的行"),
    "new_people": gettext_lazy("新登记的人"),
    "unknown_people": gettext_lazy("登记里没有、文件里也没有姓名的人"),
    "agreeing_rows": gettext_lazy("和登记一致的行"),
    "changed": gettext_lazy("会改变的信息"),
    "changed_people": gettext_lazy("信息会改变的人"),
    "lower": gettext_lazy("级别较低、只保存不显示的信息"),
    "older": gettext_lazy("比现有信息旧、只保存不显示的信息"),
    "contested": gettext_lazy("同级部门说法不同的信息"),
}


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


def of(batch: FeedBatch, *, at: datetime) -> Progress:
    """How this file stands at a moment."""
    if batch.state not in WORK:
        return Progress(batch.get_state_display(), tone(batch), _resting(batch))
    if batch.state == FeedState.UPLOADED or (batch.state != FeedState.CHECKING and not batch.message):
        return _in_the_queue(batch, at)
    silent = at - (batch.heartbeat_at or batch.uploaded_at) > SOON
    note = _working(batch) + (_("后台已有一会儿没有动静；如果它停了，恢复后会自动接着做。") if silent else "")
    steps = [str(step) for step in STEPS.values()]
    done = steps.index(batch.message) + 1 if batch.state == FeedState.APPLYING and batch.message in steps else None
    word, colour = batch.get_state_display(), "warn" if silent else tone(batch)
    return Progress(word, colour, note, moving=True, done=done, most=len(steps))


def _in_the_queue(batch: FeedBatch, at: datetime) -> Progress:
    waits_for = {
        FeedState.UPLOADED: _("等待检查。"),
        FeedState.APPLYING: _("等待写入。"),
        FeedState.UNDOING: _("正在撤销，或等待撤销。"),
    }[batch.state]
    if at - (batch.heartbeat_at or batch.uploaded_at) > SOON:
        note = waits_for + _("后台程序可能没有运行，请告诉系统维护人员。文件已保存，恢复后会自动接着做。")
        return Progress(_("排队中"), "warn", note, moving=True)
    return Progress(_("排队中"), "info", waits_for + _("可以离开这一页，不用等。"), moving=True)


def _working(batch: FeedBatch) -> str:
    if batch.state == FeedState.CHECKING:
        return _("已读 {n} 行。可以离开这一页，不用等。").format(n=f"{batch.lines_done:,}")
    return batch.message if batch.message.endswith("。") else batch.message + "。"


def _resting(batch: FeedBatch) -> str:
    if batch.state == FeedState.CHECKED:
        return batch.message + _("请看下面的预览，再决定写入还是放弃。登记还没有变化。")
    if batch.state == FeedState.FAILED:
        return _("{why}登记没有变化。").format(why=batch.message)
    if batch.state == FeedState.APPLIED:
        done = batch.counts["applied"]
        if not done["values"] and not done["new_people"]:
            return _("和登记完全一致，没有任何变化。") + batch.message
        words = _("新登记 {made} 人，改变 {people} 人的 {values} 项信息。")
        return words.format(made=done["new_people"], people=done["people"], values=done["values"]) + batch.message
    if batch.state == FeedState.UNDONE:
        done = batch.counts["undone"]
        words = _("恢复 {values} 项信息，删去 {gone} 个只由它登记的人。")
        return words.format(values=done["values"], gone=done["people_gone"])
    return _("文件已删除，登记没有变化。")
