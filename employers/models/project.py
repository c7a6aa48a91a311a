"""A construction project, with what its notice board must say (保障农民工工资支付条例 art. 34)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import between, in_order

from ..querysets import ProjectQuerySet
from .employer import Employer


class Project(models.Model):
    """A building site; wage codes and complaints name it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("项目编号"), max_length=20, unique=True)
    name = models.CharField(_("项目名称"), max_length=100)
    general_contractor = models.ForeignKey(
        Employer, models.PROTECT, related_name="projects", verbose_name=_("施工总承包单位")
    )
    project_office = models.CharField(_("项目部"), max_length=100, blank=True)
    developer_name = models.CharField(_("建设单位"), max_length=100)
    subcontractor_name = models.CharField(_("分包单位"), max_length=100, blank=True)
    regulator_name = models.CharField(_("行业主管部门"), max_length=100)
    regulator_phone = models.CharField(_("行业主管部门电话"), max_length=20, blank=True)
    division = models.CharField(_("所在区划"), max_length=12)
    address = models.CharField(_("地址"), max_length=200)
    labour_manager_name = models.CharField(_("劳资专管员"), max_length=40)
    labour_manager_phone = models.CharField(_("劳资专管员电话"), max_length=20)
    pay_day = models.PositiveSmallIntegerField(_("每月发薪日"))
    starts_on = models.DateField(_("开工日期"), null=True, blank=True)
    ends_on = models.DateField(_("竣工日期"), null=True, blank=True)
    registered_at = models.DateTimeField(_("登记时间"))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("工程项目")
        verbose_name_plural = _("工程项目")
        indexes = [
            models.Index(fields=["division"], name="employers_project_division", opclasses=["varchar_pattern_ops"])
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(division__regex=r"^(\d{6}|\d{9}|\d{12})$"),
                name="employers_project_division_form",
                violation_error_message=_("所在区划应为 6、9 或 12 位代码。"),
            ),
            between("pay_day", 1, 31, name="employers_project_pay_day", message=_("发薪日应在 1 到 31 日之间。")),
            in_order("starts_on", "ends_on", name="employers_project_dates", message=_("竣工不能早于开工。")),
        ]

    def __str__(self) -> str:
        return self.name
