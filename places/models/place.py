"""A window, a hotline, a court, an office outside the city: where somebody can turn."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.divisions import name_of

from ..enums import Kind
from ..querysets import PlaceQuerySet


class Place(models.Model):
    """One line of the directory, as it is published. What is not known stays empty and is not shown."""

    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=100)
    # Of the city: a district or township, 500000 for all of it. Outside: the two digits of the province.
    division = models.CharField(_("所在地"), max_length=12)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    hours = models.CharField(_("办公时间"), max_length=100, blank=True)
    people = models.CharField(_("联系人"), max_length=100, blank=True, help_text=_("公开的职务或姓名，例如：值班室。"))
    note = models.CharField(_("能办什么"), max_length=300, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=8, decimal_places=5, null=True, blank=True)
    source = models.CharField(_("来源"), max_length=300)
    verified = models.BooleanField(_("已向该处核对"), default=False)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True, help_text=_("从这一天起不再有这个地点。"))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("办事地点")
        verbose_name_plural = _("办事地点")
        indexes = [models.Index(fields=["division", "kind"], name="places_place_where")]
        constraints = [
            constraints.one_of("kind", Kind, name="places_place_kind", message=_("未知的类别。")),
            models.CheckConstraint(
                condition=Q(kind=Kind.OUTSIDE, division__regex=r"^\d{2}$") & ~Q(division="50")
                | ~Q(kind=Kind.OUTSIDE) & Q(division__regex=r"^50\d{4}(\d{3})?$"),
                name="places_place_division",
                violation_error_message=_("市外办事处选省份，其他地点选重庆市或区县。"),
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="places_place_source", violation_error_message=_("请写明来源。")
            ),
            constraints.together(
                "latitude", "longitude", name="places_place_position", message=_("经度和纬度要一起填。")
            ),
            constraints.between("latitude", 3, 54, name="places_place_latitude", message=_("纬度应在 3 到 54 之间。")),
            constraints.between(
                "longitude", 73, 136, name="places_place_longitude", message=_("经度应在 73 到 136 之间。")
            ),
            constraints.in_order(
                "valid_from", "valid_to", name="places_place_dates", message=_("停用日期不能早于启用日期。")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:place", args=[self.pk])

    @property
    def where(self) -> str:
        """重庆市 江津区 as 江津区; a province by its name."""
        return name_of(self.division)
