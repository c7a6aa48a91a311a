"""Who stated each value and when, and what it was before."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import between

from ..enums import Source
from .worker import Worker


class Provenance(models.Model):
    """Per worker two arrays, both addressed by indicator number: who stated the value and on which day.

    Element n (counted from 1, as PostgreSQL does) belongs to indicator n; 0 means never stated. Days count from
    1970-01-01. A confirmation rewrites these few hundred bytes, not the wide row; that is also why indicator 65,
    the last verification, stands here.
    """

    worker = models.OneToOneField(
        Worker, models.CASCADE, primary_key=True, related_name="provenance", verbose_name=_("农民工")
    )
    sources = ArrayField(models.SmallIntegerField(), verbose_name=_("来源"))
    observed = ArrayField(models.IntegerField(), verbose_name=_("日期"))
    verified_at = models.DateTimeField(_("最近核验"), null=True, blank=True)

    class Meta:
        verbose_name = _("数据来源")
        verbose_name_plural = _("数据来源")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sources__len=65, observed__len=65),
                name="workers_provenance_of_65",
                violation_error_message=_("来源应正好覆盖 65 项指标。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}"


class ValueChange(models.Model):
    """A superseded value and who had stated it. Sealed indicators are noted as changed, never with their content.

    `old_source` and `old_observed` are as in `Provenance`: zeros when the value had never been stated.
    """

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="changes", db_index=False, verbose_name=_("农民工"))
    indicator = models.PositiveSmallIntegerField(_("指标"))
    old = models.CharField(_("原值"), max_length=400, blank=True)
    old_source = models.SmallIntegerField(_("原来源"), default=0)
    old_observed = models.IntegerField(_("原日期"), default=0)
    new = models.CharField(_("新值"), max_length=400, blank=True)
    source = models.SmallIntegerField(_("来源"), choices=Source.choices)
    actor_id = models.BigIntegerField(_("经办人编号"), null=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("变更记录")
        verbose_name_plural = _("变更记录")
        indexes = [models.Index(fields=["worker", "id"], name="workers_changes_of")]
        constraints = [between("indicator", 1, 65, name="workers_change_indicator", message=_("没有这项指标。"))]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.indicator}"
