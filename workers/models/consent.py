"""What a worker agreed to, purpose by purpose, and who may see the phone number (PIPL arts 14, 15, 23)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import in_order, one_of
from employers.models import Employer

from ..enums import VERSIONS, Purpose
from .worker import Worker


class ConsentQuerySet(models.QuerySet):
    def live(self) -> "ConsentQuerySet":
        """Not withdrawn, and to the present version of the purpose's text: a new text asks everybody again."""
        present = Q(pk__in=[])
        for purpose, version in VERSIONS.items():
            present |= Q(purpose=purpose, version=version)
        return self.filter(present, withdrawn_at__isnull=True)


class Consent(models.Model):
    """One consent to one purpose in one version of its text; withdrawn, never deleted."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="consents", verbose_name=_("农民工"))
    purpose = models.CharField(_("用途"), max_length=12, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("文本版本"))
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "purpose"], condition=Q(withdrawn_at__isnull=True), name="workers_consent_once"
            ),
            one_of("purpose", Purpose, name="workers_consent_purpose", message=_("未知的用途。")),
            in_order("given_at", "withdrawn_at", name="workers_consent_order", message=_("撤回不能早于同意。")),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.purpose}"


class ContactGrant(models.Model):
    """The worker lets one broker or one employer see the phone number, for one occasion; can be taken back."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="contact_grants", verbose_name=_("农民工"))
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("经纪人")
    )
    employer = models.ForeignKey(
        Employer, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("用人单位")
    )
    occasion = models.CharField(_("事由"), max_length=64, help_text=_("对象类别和编号，例如 jobs.application:12"))
    granted_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("电话可见")
        verbose_name_plural = _("电话可见")
        constraints = [
            models.CheckConstraint(
                condition=Q(broker__isnull=False, employer__isnull=True)
                | Q(broker__isnull=True, employer__isnull=False),
                name="workers_contact_one_grantee",
                violation_error_message=_("电话只能给一位经纪人或一家单位看。"),
            ),
            models.UniqueConstraint(
                fields=["worker", "broker"],
                condition=Q(withdrawn_at__isnull=True, broker__isnull=False),
                name="workers_contact_once_per_broker",
            ),
            models.UniqueConstraint(
                fields=["worker", "employer"],
                condition=Q(withdrawn_at__isnull=True, employer__isnull=False),
                name="workers_contact_once_per_employer",
            ),
            in_order("granted_at", "withdrawn_at", name="workers_contact_order", message=_("撤回不能早于同意。")),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.occasion}"
