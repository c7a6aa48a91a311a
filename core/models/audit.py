"""The append-only audit trail: what happened, and the chain that shows nothing was changed afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act. No foreign key: an entry outlives what it describes. Triggers refuse every change."""

    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=64)
    subject_type = models.CharField(_("对象类别"), max_length=64)
    subject_id = models.CharField(_("对象"), max_length=64)
    actor_id = models.BigIntegerField(_("经办人编号"), null=True)
    actor = models.CharField(_("经办人"), max_length=80)
    reason = models.TextField(_("理由"), blank=True)
    data = models.JSONField(_("内容"), default=dict)
    request_id = models.CharField(_("请求编号"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="core_audit_subject"),
            models.Index(fields=["actor_id", "id"], name="core_audit_actor"),
            models.Index(fields=["verb"], name="core_audit_verb"),
            # Nine entries in ten come from imports and tasks, which have no request.
            models.Index(fields=["request_id"], name="core_audit_request", condition=~models.Q(request_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject_type}:{self.subject_id}"


class AuditLink(models.Model):
    """An entry's place in the chain, written by a deferred trigger as the very last step of its transaction.

    So the lock on the chain is held only while committing: writers never wait for each other's work, and a
    lock that is always taken last cannot be part of a deadlock.
    """

    sequence = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    digest = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("审计链节")
        verbose_name_plural = _("审计链节")

    def __str__(self) -> str:
        return f"{self.sequence}"


class AuditAnchor(models.Model):
    """The chain's head, kept outside the chain so that a cut-off tail is noticed. Exactly one row."""

    sequence = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("审计链头")
        verbose_name_plural = _("审计链头")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="core_auditanchor_single_row")]

    def __str__(self) -> str:
        return f"{self.sequence}"
