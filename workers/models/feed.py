"""Files on their way in: what every kind of them has, and a department's file on its way into the registry."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import at_least, one_of

from ..enums import Source
from ..precedence import EPOCH
from ..querysets import CityQuerySet
from .history import Act


class FeedState(models.TextChoices):
    """Where a file stands. Checking and writing are work in the background; the rest waits for a person."""

    UPLOADED = "uploaded", _("等待检查")
    CHECKING = "checking", _("检查中")
    CHECKED = "checked", _("已检查，等待确认")
    APPLYING = "applying", _("写入中")
    APPLIED = "applied", _("已写入")
    UNDOING = "undoing", _("撤销中")
    UNDONE = "undone", _("已撤销")
    FAILED = "failed", _("不能导入")
    DROPPED = "dropped", _("已放弃")


class FileBatch(models.Model):
    """One file that somebody sent, whatever it is about: received, checked, decided about by a person, written, taken
    back. The rooms above derive their own from it, and say in `feeds.kinds` what the steps do.

    `digest` is SHA-256 of the file's bytes: the same file is not taken twice while its first import stands.
    `attempts` counts how often the work that it waits for was begun and did not end.
    """

    state = models.CharField(_("状态"), max_length=8, choices=FeedState.choices, default=FeedState.UPLOADED)
    name = models.CharField(_("文件名"), max_length=200)
    digest = models.BinaryField(max_length=32)
    size_bytes = models.BigIntegerField(_("大小"))
    sealed_name = models.CharField(_("存放名"), max_length=64, blank=True, editable=False)
    returned_name = models.CharField(_("退回文件"), max_length=64, blank=True, editable=False)
    columns = models.JSONField(_("列"), default=list)
    counts = models.JSONField(_("结果"), default=dict)
    lines_done = models.BigIntegerField(_("已处理行数"), default=0)
    lines_total = models.BigIntegerField(_("总行数"), null=True)
    message = models.CharField(_("说明"), max_length=300, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    attempts = models.PositiveSmallIntegerField(_("已尝试次数"), default=0)
    heartbeat_at = models.DateTimeField(_("最近进展"), null=True)
    applied_at = models.DateTimeField(_("写入时间"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        abstract = True


class FeedBatch(FileBatch):
    """One file of one department, and the act that wrote it. `unsettled_since`: what others saved from then on about
    the file's people is still to be settled."""

    source = models.SmallIntegerField(_("部门"), choices=[row for row in Source.choices if row[0] >= 11])
    observed_on = models.DateField(_("数据日期"))
    act = models.OneToOneField(Act, models.PROTECT, null=True, related_name="batch", verbose_name=_("数据录入"))
    unsettled_since = models.DateTimeField(_("待核对的起点"), null=True, editable=False)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门数据文件")
        verbose_name_plural = _("部门数据文件")
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="workers_feeds_latest")]
        constraints = [
            one_of("state", FeedState, name="workers_feed_state", message=_("未知的状态。")),
            at_least("observed_on", EPOCH, name="workers_feed_day", message=_("数据日期太早。")),
            models.UniqueConstraint(
                fields=["source", "digest"],
                condition=Q(state__in=[FeedState.APPLYING, FeedState.APPLIED, FeedState.UNDOING]),
                name="workers_feed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.name}"
