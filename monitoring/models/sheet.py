"""The figures of one division in one report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Division

from .report import Report


class Sheet(models.Model):
    """Figure key → category → number. `null` stands for a number that protects a person and is not published."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sheets", verbose_name=_("报告"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区划"))
    figures = models.JSONField(_("数据"))

    class Meta:
        verbose_name = _("分区数据")
        verbose_name_plural = _("分区数据")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "division"],
                name="monitoring_sheet_once",
                violation_error_message=_("这份报告已有这个区划的数据。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.division_id}"
