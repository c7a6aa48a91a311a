"""Department files that go into the registry, as a kind of files: see `kinds`."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import policies
from ..models import FeedBatch, FeedState
from . import jobs, kinds
from .writing import staging
from .writing.reconciling import reconcile

TOPIC = "workers.feed_waiting"
LOCK_SPACE = 0x66656564
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


def resting(batch: FeedBatch) -> str:
    """How a file stands that waits for a person, or for nobody any more."""
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


def _settle_the_rest(batch: FeedBatch, now: kinds.Now) -> None:
    """Its process was killed after the commit, before what others saved meanwhile was settled."""
    if batch.unsettled_since is not None:
        reconcile(batch.act, began_at=batch.unsettled_since, at=now())
        jobs.mark_settled(batch)


REGISTRY = kinds.register(
    kinds.Kind(
        model=FeedBatch,
        trail="workers.feed",
        topic=TOPIC,
        lock_space=LOCK_SPACE,
        may=lambda user, batch: policies.may_import(user),
        denied=gettext_lazy("只有市级工作人员可以导入部门数据。"),
        check=lambda batch, now: jobs.check(batch, now),
        apply=lambda batch, now: jobs.apply(batch, now),
        undo=lambda batch, now: jobs.undo(batch, now),
        drop_staged=staging.drop,
        resting=resting,
        steps=jobs.STEPS,
        outcomes=OUTCOMES,
        same=("source",),
        unfinished=Q(unsettled_since__isnull=False),
        go_on=_settle_the_rest,
    )
)
