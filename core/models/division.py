"""Administrative divisions (GB/T 2260), versioned by date."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class DivisionQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "DivisionQuerySet":
        """Divisions that existed on `day`; `valid_to` is the first day without it."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day),
        )

    def districts(self, day: date) -> "DivisionQuerySet":
        return self.valid_on(day).filter(level=Division.Level.DISTRICT).order_by("code")

    def townships(self, district: str, day: date) -> "DivisionQuerySet":
        return self.valid_on(day).filter(parent_id=district, level=Division.Level.TOWNSHIP).order_by("code")


class Division(models.Model):
    """A municipality, province, district or township. Abolished codes stay: old ID cards keep them for ever."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        MUNICIPALITY = "municipality", _("直辖市")
        DISTRICT = "district", _("区县")
        TOWNSHIP = "township", _("乡镇街道")

    code = models.CharField(_("代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("上级"))
    level = models.CharField(_("级别"), max_length=16, choices=Level.choices)
    valid_from = models.DateField(_("启用"), null=True, blank=True)
    valid_to = models.DateField(_("停用"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("承接")
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^(\d{2}|\d{6}|\d{9}|\d{12})$"),
                name="core_division_code_length",
                violation_error_message=_("区划代码应为 2、6、9 或 12 位数字。"),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")),
                name="core_division_dates_in_order",
                violation_error_message=_("停用日期必须晚于启用日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
