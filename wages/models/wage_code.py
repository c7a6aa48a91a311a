"""渝薪码: the code on a site's notice board that opens a complaint with the employer filled in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import in_order, together
from employers.models import Employer, Project

from ..querysets import WageCodeQuerySet


class WageCode(models.Model):
    """Issued by officials per project, or per employer where there is no building site."""

    code = models.CharField(_("渝薪码"), max_length=12, unique=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="wage_codes", verbose_name=_("用人单位"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="wage_codes", verbose_name=_("工程项目")
    )
    division = models.CharField(_("用工地"), max_length=12)
    issued_at = models.DateTimeField(_("发放时间"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发放人"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("停用人")
    )

    objects = WageCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("渝薪码")
        verbose_name_plural = _("渝薪码")
        indexes = [models.Index(fields=["division"], name="wages_code_division", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2}-\d{4,8}$"),
                name="wages_wagecode_form",
                violation_error_message=_("渝薪码由两个字母、横线和数字组成。"),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(revoked_at__isnull=True, project__isnull=False),
                name="wages_wagecode_one_per_project",
                violation_error_message=_("这个项目已有正在使用的渝薪码。"),
            ),
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(revoked_at__isnull=True, project__isnull=True),
                name="wages_wagecode_one_per_employer",
                violation_error_message=_("这个单位已有正在使用的渝薪码。"),
            ),
            together("revoked_at", "revoked_by", name="wages_wagecode_revoked", message=_("停用要有停用人和时间。")),
            in_order("issued_at", "revoked_at", name="wages_wagecode_dates", message=_("停用不能早于发放。")),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def place(self) -> str:
        """What the worker knows the place as: the project, else the employer."""
        return self.project.name if self.project_id else self.employer.name
