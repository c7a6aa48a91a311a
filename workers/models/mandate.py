"""A worker lets a broker act in the worker's name, for stated matters and a stated time."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of, together

from ..enums import Evidence, MandateScope
from ..querysets import MandateQuerySet
from .worker import Worker


class Mandate(models.Model):
    """Live from `granted_at` until it expires or somebody ends it; the worker sees it and can end it."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="mandates", verbose_name=_("农民工"))
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates", verbose_name=_("劳务经纪人")
    )
    scope = ArrayField(models.CharField(max_length=10, choices=MandateScope.choices), verbose_name=_("委托事项"))
    evidence = models.CharField(_("凭据"), max_length=8, choices=Evidence.choices)
    evidence_ref = models.CharField(_("凭据编号"), max_length=64, blank=True)
    granted_at = models.DateTimeField(_("委托时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结束人")
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("委托")
        verbose_name_plural = _("委托")
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "broker"], condition=Q(ended_at__isnull=True), name="workers_mandate_once"
            ),
            models.CheckConstraint(
                condition=Q(scope__contained_by=list(MandateScope.values), scope__len__gte=1),
                name="workers_mandate_scope",
                violation_error_message=_("委托事项不对。"),
            ),
            one_of("evidence", Evidence, name="workers_mandate_evidence", message=_("未知的凭据。")),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("granted_at")),
                name="workers_mandate_order",
                violation_error_message=_("到期必须晚于委托。"),
            ),
            together("ended_at", "ended_by", name="workers_mandate_ended", message=_("结束委托要有结束人和时间。")),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.broker_id}"
