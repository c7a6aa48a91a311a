"""A change of how much sources count for an indicator, on its way: weighed, confirmed, written."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import between, one_of

from ..querysets import CityQuerySet


class RankState(models.TextChoices):
    """Where a change stands. Weighing and writing are work in the background; the rest waits for a person."""

    WEIGHING = "weighing", _("统计影响中")
    WEIGHED = "weighed", _("等待确认")
    APPLYING = "applying", _("生效中")
    APPLIED = "applied", _("已生效")
    DROPPED = "dropped", _("已放弃")
    FAILED = "failed", _("没有生效")


class RankChange(models.Model):
    """New ranks of some sources for one indicator, by source number; `before` holds the ranks of all its sources."""

    indicator = models.PositiveSmallIntegerField(_("指标"))
    ranks = models.JSONField(_("新等级"))
    before = models.JSONField(_("原等级"))
    reason = models.CharField(_("理由"), max_length=300)
    state = models.CharField(_("状态"), max_length=8, choices=RankState.choices, default=RankState.WEIGHING)
    counts = models.JSONField(_("影响"), default=dict)
    message = models.CharField(_("说明"), max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    asked_at = models.DateTimeField(_("提出时间"))
    heartbeat_at = models.DateTimeField(_("最近进展"), null=True)
    applied_at = models.DateTimeField(_("生效时间"), null=True)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("优先级改动")
        verbose_name_plural = _("优先级改动")
        indexes = [models.Index(fields=["-asked_at", "-id"], name="workers_ranks_latest")]
        constraints = [
            one_of("state", RankState, name="workers_rank_state", message=_("未知的状态。")),
            between("indicator", 1, 65, name="workers_rank_indicator", message=_("没有这项指标。")),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(state__in=[RankState.WEIGHING, RankState.WEIGHED, RankState.APPLYING]),
                name="workers_rank_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}"
