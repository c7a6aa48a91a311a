"""People who are registered twice: who may be one person, who was judged to be, and what a merge moved."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import at_least, one_of, together
from core.transitions import Flow

from ..querysets import TwinPairQuerySet
from .worker import Worker


class TwinState(models.TextChoices):
    OPEN = "open", _("待核对")
    SAME = "same", _("等第二人复核")
    MERGED = "merged", _("已合并")
    PARTING = "parting", _("等第二人复核撤销合并")
    DIFFERENT = "different", _("不是同一人")


class TwinSearch(models.Model):
    """One search through the whole registry, and what it did not look at: blocks too large to say anything."""

    at = models.DateTimeField(_("时间"))
    seconds = models.FloatField(_("用时（秒）"))
    people = models.BigIntegerField(_("人数"))
    found = models.IntegerField(_("疑似重复"))
    new = models.IntegerField(_("新增"))
    gone = models.IntegerField(_("不再疑似"))
    skipped = models.JSONField(_("未比对"))

    class Meta:
        verbose_name = _("查重记录")
        verbose_name_plural = _("查重记录")

    def __str__(self) -> str:
        return f"{self.at:%F}"


class TwinPair(models.Model):
    """Two rows that may be one person. `keys` is a digest of what was compared: a judgement holds until it changes."""

    worker_a = models.ForeignKey(Worker, models.CASCADE, related_name="+", verbose_name=_("第一份"))
    worker_b = models.ForeignKey(Worker, models.CASCADE, related_name="+", verbose_name=_("第二份"))
    reasons = ArrayField(models.CharField(max_length=12), verbose_name=_("依据"))
    score = models.SmallIntegerField(_("分数"))
    keys = models.CharField(max_length=32, editable=False)
    state = models.CharField(_("状态"), max_length=9, choices=TwinState.choices, default=TwinState.OPEN)
    found_at = models.DateTimeField(_("发现时间"))
    survivor = models.ForeignKey(
        Worker, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("保留的登记")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    decided_at = models.DateTimeField(_("经办时间"), null=True, blank=True)
    decision_note = models.CharField(_("理由"), max_length=200, blank=True)

    FLOW = Flow(
        propose=([TwinState.OPEN], TwinState.SAME),
        reopen=([TwinState.SAME], TwinState.OPEN),
        merge=([TwinState.OPEN, TwinState.SAME], TwinState.MERGED),
        differ=([TwinState.OPEN, TwinState.SAME], TwinState.DIFFERENT),
        propose_unmerge=([TwinState.MERGED], TwinState.PARTING),
        keep=([TwinState.PARTING], TwinState.MERGED),
        unmerge=([TwinState.MERGED, TwinState.PARTING], TwinState.DIFFERENT),
    )
    objects = TwinPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("疑似重复登记")
        verbose_name_plural = _("疑似重复登记")
        indexes = [models.Index(fields=["state", "-score", "id"], name="workers_twins_queue")]
        constraints = [
            models.UniqueConstraint(fields=["worker_a", "worker_b"], name="workers_twins_once"),
            models.CheckConstraint(
                condition=Q(worker_a__lt=F("worker_b")),
                name="workers_twins_order",
                violation_error_message=_("两份登记不能相同。"),
            ),
            one_of("state", TwinState, name="workers_twins_state", message=_("未知的状态。")),
            together("decided_by", "decided_at", name="workers_twins_decided", message=_("经办人和时间要同时有。")),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Merge(models.Model):
    """One row taken into another. `before` holds what the survivor had of those few things that are no statements:
    per indicator code the source, day and act of a value that was borrowed from the other row. `moved_account` is the
    number of the account that went along: it goes back, and no other that the survivor has by then."""

    survivor = models.ForeignKey(Worker, models.PROTECT, related_name="+", verbose_name=_("保留的登记"))
    loser = models.ForeignKey(Worker, models.PROTECT, related_name="+", verbose_name=_("并入的登记"))
    merged_at = models.DateTimeField(_("合并时间"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("合并人")
    )
    before = models.JSONField(default=dict)
    moved_account = models.BigIntegerField(_("随之移动的账户编号"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("撤销人")
    )

    class Meta:
        verbose_name = _("合并")
        verbose_name_plural = _("合并")
        constraints = [
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at__isnull=True), name="workers_merge_loser_once"
            ),
            models.CheckConstraint(
                condition=~Q(survivor=F("loser")),
                name="workers_merge_two_rows",
                violation_error_message=_("两份登记不能相同。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Fate(models.TextChoices):
    MOVED = "moved", _("移到保留的登记")
    STAYED = "stayed", _("与已有的重复，留在原登记")
    CLOSED = "closed", _("因另一份登记而终止")


class MergeLink(models.Model):
    """What a merge did to one row of another table that refers to a worker."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="links", verbose_name=_("合并"))
    table = models.CharField(_("表"), max_length=63)
    column = models.CharField(_("列"), max_length=63)
    row_id = models.BigIntegerField(_("行号"))
    fate = models.CharField(_("处理"), max_length=6, choices=Fate.choices)

    class Meta:
        verbose_name = _("随合并移动的记录")
        verbose_name_plural = _("随合并移动的记录")
        constraints = [
            models.UniqueConstraint(fields=["merge", "table", "column", "row_id"], name="workers_mergelink_once"),
            one_of("fate", Fate, name="workers_mergelink_fate", message=_("未知的处理。")),
            at_least("row_id", 0, name="workers_mergelink_row", message=_("没有这一行。")),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
