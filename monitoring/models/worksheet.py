"""The tables behind a report, before small numbers were taken out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .report import Report


class Worksheet(models.Model):
    """One protected table: row → column → number, and the cells that the report hides. Never shown to anybody.

    The next publication is protected beside this one, and for that the hidden numbers must be known.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="worksheets", verbose_name=_("报告"))
    name = models.CharField(_("表"), max_length=48)
    numbers = models.JSONField(_("原数"))
    hidden = models.JSONField(_("不公布的格子"))

    class Meta:
        verbose_name = _("底稿")
        verbose_name_plural = _("底稿")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "name"],
                name="monitoring_worksheet_once",
                violation_error_message=_("这份报告已有这张底稿。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.name}"
