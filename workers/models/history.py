"""Who stated each value and when: the statements themselves, and the cached outcome beside the wide row.

What is shown is a function of the set of live statements: the greatest by (rank of its source for the indicator,
observed day, act). So imports commute, and an act is undone by forgetting it. See docs/decisions/0040.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import at_least, between

from ..enums import Source
from ..precedence import EPOCH
from .worker import Worker

# The act of the first load: its values stand in the wide row and its sources and days in `Provenance`.
BASE = 0


class Act(models.Model):
    """One act of stating: a department's file, one save by a worker or a broker. Undone acts count no more."""

    source = models.SmallIntegerField(_("来源"), choices=Source.choices)
    observed_on = models.DateField(_("数据日期"))
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("经办人编号"), null=True)
    numbers = ArrayField(models.SmallIntegerField(), verbose_name=_("指标"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("数据录入")
        verbose_name_plural = _("数据录入")
        indexes = [
            BrinIndex(fields=["at"], name="workers_acts_by_time"),
            models.Index(fields=["source", "observed_on"], name="workers_acts_by_day"),
            models.Index(fields=["undone_at"], name="workers_acts_undone", condition=Q(undone_at__isnull=False)),
        ]
        constraints = [at_least("observed_on", EPOCH, name="workers_act_day", message=_("数据日期太早。"))]

    def __str__(self) -> str:
        return f"{self.pk}"


class Statement(models.Model):
    """What one act says about one worker, as text (`workers.texts`), in the order of `numbers`.

    Partitioned by quarter. No key or foreign key stands behind it in the database, because a department's file adds
    a million rows at once; only services write it. `numbers` is NULL where it is the act's; NULL among the texts
    means not stated, '' stated as empty. `sources` and `days` are filled in rows of the act `BASE` only: values of
    the first load, written down by whoever displaced them. `made` marks the row that created the person.
    """

    pk = models.CompositePrimaryKey("act", "worker", "at")
    act = models.ForeignKey(Act, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    worker = models.ForeignKey(
        Worker, models.CASCADE, db_constraint=False, db_index=False, related_name="statements", verbose_name=_("农民工")
    )
    at = models.DateTimeField(_("时间"))
    numbers = ArrayField(models.SmallIntegerField(), null=True, verbose_name=_("指标"))
    texts = ArrayField(models.TextField(null=True), verbose_name=_("内容"))
    sources = ArrayField(models.SmallIntegerField(), null=True, verbose_name=_("来源"))
    days = ArrayField(models.SmallIntegerField(), null=True, verbose_name=_("日期"))
    won = models.BooleanField(_("曾被采用"), default=False)
    made = models.BooleanField(_("由此登记"), default=False)

    class Meta:
        verbose_name = _("陈述")
        verbose_name_plural = _("陈述")

    def __str__(self) -> str:
        return f"{self.act_id} {self.worker_id}"


class Provenance(models.Model):
    """Per worker the present outcome, in arrays addressed by indicator number: source, day and act.

    Element n (counted from 1, as PostgreSQL does) belongs to indicator n; source 0 means never stated. Days count
    from 2000-01-01. `acts` is NULL while everything stems from the first load. A department that merely agrees does
    not rewrite this row: its statement alone carries the fresher day (`services.standing` puts both together).
    """

    worker = models.OneToOneField(
        Worker, models.CASCADE, primary_key=True, related_name="provenance", verbose_name=_("农民工")
    )
    sources = ArrayField(models.SmallIntegerField(), verbose_name=_("来源"))
    observed = ArrayField(models.SmallIntegerField(), verbose_name=_("日期"))
    acts = ArrayField(models.IntegerField(), null=True, verbose_name=_("录入"))
    verified_at = models.DateTimeField(_("最近核验"), null=True, blank=True)

    class Meta:
        verbose_name = _("数据来源")
        verbose_name_plural = _("数据来源")
        constraints = [
            models.CheckConstraint(
                condition=Q(sources__len=65, observed__len=65) & (Q(acts__isnull=True) | Q(acts__len=65)),
                name="workers_provenance_of_65",
                violation_error_message=_("来源应正好覆盖 65 项指标。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}"


class Precedence(models.Model):
    """How much a source counts for an indicator: the city's data, seeded by `precedence.default_rank`."""

    indicator = models.PositiveSmallIntegerField(_("指标"))
    source = models.SmallIntegerField(_("来源"), choices=Source.choices)
    rank = models.PositiveSmallIntegerField(_("等级"))

    class Meta:
        verbose_name = _("来源优先级")
        verbose_name_plural = _("来源优先级")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "source"], name="workers_precedence_once"),
            between("indicator", 1, 65, name="workers_precedence_indicator", message=_("没有这项指标。")),
            between("rank", 1, 100, name="workers_precedence_rank", message=_("等级从 1 到 100。")),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.source}"
