"""Tries to open a case by its number and four digits; counted so that nobody can guess through them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusTry(models.Model):
    """One wrong pair. Numbers that do not exist are counted like real ones, so the answer tells nothing."""

    number = models.CharField(_("编号"), max_length=20)
    address_index = models.BinaryField(max_length=32, null=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("进度查询失败")
        verbose_name_plural = _("进度查询失败")
        indexes = [
            models.Index(fields=["number", "at"], name="wages_statustry_number"),
            models.Index(fields=["address_index", "at"], name="wages_statustry_address"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.at:%H:%M}"
