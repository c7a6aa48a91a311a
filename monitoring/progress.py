"""How an order stands, in words: waiting, being built, put off, built, failed, or forgotten by the background."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core.audit import subject_type
from core.models import OutboxMessage
from core.templatetags.ui import cn_datetime

from .enums import OrderState
from .models import BuildOrder

# The background delivers within seconds; after this somebody should look whether it runs at all.
SOON = timedelta(minutes=2)


@dataclass(frozen=True)
class Progress:
    """A badge and a sentence; while `moving` the page is worth loading again."""

    word: str
    tone: str
    note: str
    moving: bool = False


def of(order: BuildOrder, *, at: datetime) -> Progress:
    """How this order stands at a moment."""
    if order.state == OrderState.BUILT:
        note = _("第 {version} 版，{when}编好。")
        note = note.format(version=order.report.version, when=cn_datetime(order.finished_at))
        return Progress(_("已编好"), "ok", note)
    if order.state == OrderState.FAILED:
        return Progress(_("没有编成"), "danger", order.why)
    if BuildOrder.objects.under_way().filter(pk=order.pk).exists():
        return Progress(
            _("编制中"), "info", _("正在计算，一般不到一分钟。可以离开这一页，编好了会通知你。"), moving=True
        )
    return _in_the_queue(order, at)


def _in_the_queue(order: BuildOrder, at: datetime) -> Progress:
    message = OutboxMessage.objects.filter(
        subject_type=subject_type(order), subject_id=str(order.pk), done_at__isnull=True
    ).first()
    if message is not None and message.attempts:
        note = _("上一次没有编成，{when}再试。").format(when=cn_datetime(message.due_at))
        return Progress(_("等待重试"), "warn", note, moving=True)
    if at - order.ordered_at > SOON:
        note = _("等了太久还没有开始，后台程序可能没有运行，请告诉系统维护人员。任务不会丢，恢复后接着编。")
        return Progress(_("排队中"), "danger", note, moving=True)
    return Progress(_("排队中"), "info", _("马上开始。可以离开这一页，编好了会通知你。"), moving=True)
