"""The monthly files as a kind of files (`workers.feeds.kinds`): what checking, writing and taking back do."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, outbox
from core.calendar import local_day
from core.templatetags.ui import fen
from workers.feeds import kinds
from workers.models import FeedState

from .. import policies
from ..models import PayrollFile
from . import preparing, staging, writing

TOPIC = "sites.file_waiting"
CHANGED = "sites.file_changed"
LOCK_SPACE = 0x73697465
STEPS = {"people": gettext_lazy("按身份证号码对上登记的人"), "lines": gettext_lazy("保存每个人每个月的一行")}
OUTCOMES = {
    "rows": gettext_lazy("能读懂的行"),
    "returned_rows": gettext_lazy("退回的行"),
    "projects": gettext_lazy("工程项目"),
    "people": gettext_lazy("人"),
    "strangers": gettext_lazy("登记里没有的人"),
    "unpaid": gettext_lazy("没有发放或没有到账的行"),
}


def _check(batch: PayrollFile, now: kinds.Now) -> None:
    rows = PayrollFile.objects.filter(pk=batch.pk)
    rows.update(state=FeedState.CHECKING, heartbeat_at=now(), lines_done=0)
    found = preparing.stage(
        batch, on=local_day(now()), tell=lambda lines: rows.update(lines_done=lines, heartbeat_at=now())
    )
    rows.update(state=FeedState.CHECKED, attempts=0, heartbeat_at=now(), **found)


def _apply(batch: PayrollFile, now: kinds.Now) -> None:
    """Write the file, its end and its audit in one transaction."""
    at, beside = now(), connection.copy()

    def tell(step: str) -> None:
        """Progress of a transaction is seen only from beside it."""
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE sites_payrollfile SET message = %s, heartbeat_at = %s WHERE id = %s",
                [str(STEPS[step]), now(), batch.pk],
            )

    try:
        with transaction.atomic():
            counts = writing.apply(batch, tell)
            _finish(batch, FeedState.APPLIED, "applied", counts, at=at, applied_at=at)
    finally:
        beside.close()


def _undo(batch: PayrollFile, now: kinds.Now) -> None:
    at = now()
    with transaction.atomic():
        counts = writing.undo(batch) | {"again": batch.counts["applied"]["again"]}
        _finish(batch, FeedState.UNDONE, "undone", counts, at=at, undone_at=at)


def _finish(batch: PayrollFile, state: str, key: str, counts: dict, *, at: datetime, **more: Any) -> None:
    """The end of the work; the watch looks again at what the file is about, after the commit."""
    PayrollFile.objects.filter(pk=batch.pk).update(
        state=state, counts={**batch.counts, key: counts}, message="", attempts=0, heartbeat_at=at, **more
    )
    by = batch.confirmed_by if state == FeedState.APPLIED else None
    audit.record(f"sites.file_{key}", batch, by=by, at=at, lines=counts["lines"])
    outbox.put(CHANGED, batch, at=at)


def resting(batch: PayrollFile) -> str:
    """How a file stands that waits for a person, or for nobody any more."""
    counts = batch.counts
    if batch.state == FeedState.CHECKED:
        told = ""
        if "due_fen" in counts:
            told = _("应发（应拨）{due}，实发（到账）{paid}。").format(
                due=fen(counts["due_fen"]), paid=fen(counts["paid_fen"])
            )
        return batch.message + _("请看下面的检查结果，再决定写入还是放弃。现在还没有写入。") + told
    if batch.state == FeedState.FAILED:
        return _("{why}数据没有变化。").format(why=batch.message)
    if batch.state == FeedState.APPLIED:
        return _("写入 {n} 行。").format(n=f"{counts['applied']['lines']:,}") + batch.message
    if batch.state == FeedState.UNDONE:
        return _("撤回 {n} 行。").format(n=f"{counts['undone']['lines']:,}")
    return _("文件已删除，数据没有变化。")


PAYROLL = kinds.register(
    kinds.Kind(
        model=PayrollFile,
        trail="sites.file",
        topic=TOPIC,
        lock_space=LOCK_SPACE,
        may=policies.may_import,
        denied=gettext_lazy("只有工作人员可以导入工资监测文件，别人上传的由市级处理。"),
        check=_check,
        apply=_apply,
        undo=_undo,
        drop_staged=staging.drop,
        resting=resting,
        steps=STEPS,
        outcomes=OUTCOMES,
        same=("kind", "teller"),
    )
)
