"""One version of one month's monitoring report."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.calendar import local_day
from core.constraints import at_least, differ, one_of, set_in, together
from core.transitions import Flow

from ..enums import LATE_AFTER_DAYS, Origin, ReportState
from ..querysets import ReportQuerySet

S = ReportState


class Report(models.Model):
    """A version. Its figures stand in the sheets; once published, a trigger refuses every change to them.

    A month is published as a whole, so the state stands here once and not on each district's sheet.
    """

    FLOW = Flow(
        publish=([S.DRAFT], S.PUBLISHED),
        supersede=([S.PUBLISHED], S.SUPERSEDED),
        withdraw=([S.PUBLISHED], S.WITHDRAWN),
    )

    period = models.CharField(_("月份"), max_length=7)
    version = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=12, choices=S.choices, default=S.DRAFT)
    snapshot_on = models.DateField(_("数据截止"))
    definitions = models.CharField(_("口径版本"), max_length=16)
    parameters = models.JSONField(_("所用参数"), default=dict)
    origin = models.CharField(_("数据来源"), max_length=16, choices=Origin.choices)
    built_at = models.DateTimeField(_("编制时间"))
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("编制人")
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发布人")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("监测报告")
        verbose_name_plural = _("监测报告")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "version"],
                name="monitoring_report_version",
                violation_error_message=_("这个月份的这一版已经有了。"),
            ),
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(state=S.PUBLISHED),
                name="monitoring_report_one_counts",
                violation_error_message=_("一个月份只能有一版在用的报告。"),
            ),
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(state=S.DRAFT),
                name="monitoring_report_one_draft",
                violation_error_message=_("这个月份已有一份草稿。"),
            ),
            models.CheckConstraint(
                condition=Q(period__regex=r"^20\d\d-(0[1-9]|1[0-2])$"),
                name="monitoring_report_period",
                violation_error_message=_("月份写作 2026-10。"),
            ),
            at_least("version", 1, name="monitoring_report_version_from_1", message=_("版本从 1 起。")),
            one_of("state", S, name="monitoring_report_state", message=_("未知的报告状态。")),
            one_of("origin", Origin, name="monitoring_report_origin", message=_("未知的数据来源。")),
            together(
                "published_at",
                "published_by",
                name="monitoring_report_published",
                message=_("发布人与时间应同时填写。"),
            ),
            differ(
                "built_by",
                "published_by",
                name="monitoring_report_maker_is_not_checker",
                message=_("编制和发布不能是同一个人。"),
            ),
            set_in(
                [S.PUBLISHED, S.SUPERSEDED, S.WITHDRAWN],
                "published_at",
                name="monitoring_report_published_when",
                message=_("发布必须写明时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} v{self.version}"

    @property
    def as_of(self) -> date | None:
        """The day of whose registry the figures are, where that is not the end of the month or soon after."""
        built = local_day(self.built_at)
        return built if (built - self.snapshot_on).days > LATE_AFTER_DAYS else None

    @property
    def year(self) -> int:
        return int(self.period[:4])

    @property
    def month(self) -> int:
        return int(self.period[5:])
