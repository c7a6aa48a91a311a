"""Estates and their kinds of flats."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import at_least, in_order, one_of
from core.models import Division

from ..enums import UnitKind


class Estate(models.Model):
    """A public-rental community (公租房小区)."""

    name = models.CharField(_("小区"), max_length=40, unique=True)
    district = models.ForeignKey(Division, models.PROTECT, verbose_name=_("区县"), related_name="+")
    address = models.CharField(_("地址"), max_length=120)
    opened_on = models.DateField(_("开始配租"))
    note = models.CharField(_("附近"), max_length=80, blank=True, help_text=_("轨道站、学校、市场等，一句话。"))

    class Meta:
        verbose_name = _("公租房小区")
        verbose_name_plural = _("公租房小区")
        indexes = [models.Index(fields=["district", "id"], name="housing_estate_district")]

    def __str__(self) -> str:
        return self.name


class UnitType(models.Model):
    """The flats of one kind in one estate: how large, how dear, how many are free."""

    estate = models.ForeignKey(Estate, models.CASCADE, related_name="unit_types", verbose_name=_("小区"))
    kind = models.CharField(_("户型"), max_length=16, choices=UnitKind.choices)
    area_m2 = models.DecimalField(_("建筑面积（㎡）"), max_digits=5, decimal_places=1)
    rent_fen = models.BigIntegerField(_("月租金（分）"))
    units_total = models.PositiveIntegerField(_("总套数"))
    units_free = models.PositiveIntegerField(_("可配租套数"))

    class Meta:
        verbose_name = _("户型")
        verbose_name_plural = _("户型")
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "kind"],
                name="housing_unittype_once",
                violation_error_message=_("这个小区已经有这种户型。"),
            ),
            one_of("kind", UnitKind, name="housing_unittype_kind", message=_("没有这种户型。")),
            at_least("rent_fen", 1, name="housing_unittype_rent", message=_("租金要大于 0。")),
            at_least("area_m2", 10, name="housing_unittype_area", message=_("面积不能小于 10 ㎡。")),
            in_order(
                "units_free", "units_total", name="housing_unittype_free", message=_("可配租套数不能多于总套数。")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.estate_id} {self.get_kind_display()}"
