"""An official's order to build a month."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import in_order, one_of, set_in
from core.transitions import Flow

from ..enums import OrderState, Origin
from ..querysets import OrderQuerySet
from .report import Report

S = OrderState


class BuildOrder(models.Model):
    """Waits until it is built or known to fail. That it is being built right now is a lock, not a column."""

    FLOW = Flow(finish=([S.WAITING], S.BUILT), fail=([S.WAITING], S.FAILED))

    period = models.CharField(_("月份"), max_length=7)
    origin = models.CharField(_("数据来源"), max_length=16, choices=Origin.choices, default=Origin.REGISTRY)
    state = models.CharField(_("状态"), max_length=8, choices=S.choices, default=S.WAITING)
    ordered_at = models.DateTimeField(_("下单时间"))
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("下单人"))
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("报告")
    )
    why = models.CharField(_("没有编成的原因"), max_length=300, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("编制任务")
        verbose_name_plural = _("编制任务")
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(state=S.WAITING),
                name="monitoring_order_one_waits",
                violation_error_message=_("这个月份已经有人下单编制，还没有编完。"),
            ),
            one_of("state", S, name="monitoring_order_state", message=_("未知的状态。")),
            one_of("origin", Origin, name="monitoring_order_origin", message=_("未知的数据来源。")),
            set_in([S.BUILT], "report", name="monitoring_order_built", message=_("编好的要有报告。")),
            set_in([S.BUILT, S.FAILED], "finished_at", name="monitoring_order_ended", message=_("结束要有时间。")),
            in_order("ordered_at", "finished_at", name="monitoring_order_in_time", message=_("结束不能早于下单。")),
            models.CheckConstraint(
                condition=~Q(state=S.FAILED) | ~Q(why=""),
                name="monitoring_order_failed_why",
                violation_error_message=_("没有编成要写明原因。"),
            ),
        ]
        indexes = [models.Index(fields=["-ordered_at", "-id"], name="monitoring_order_newest")]

    def __str__(self) -> str:
        return f"{self.period} {self.get_state_display()}"
