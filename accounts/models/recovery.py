"""Requests of people whose phone number changed or was lost."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of, set_in, together
from core.fields import SealedTextField
from core.transitions import Flow

from .. import policies
from ..enums import RecoveryState


def new_reference() -> str:
    """R and ten digits: easy to read out on the phone, too many to guess."""
    return f"R{secrets.randbelow(10**10):010}"


class RecoveryQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "RecoveryQuerySet":
        """Officials work on all of them (a person may go to any office); auditors read; nobody else."""
        return self if policies.is_official(user) or policies.is_auditor(user) else self.none()

    def open(self) -> "RecoveryQuerySet":
        return self.filter(state=RecoveryState.FILED)


class RecoveryRequest(models.Model):
    """Somebody says: this account is mine, and this is my new number. An official checks and decides."""

    FLOW = Flow(
        approve=([RecoveryState.FILED], RecoveryState.APPROVED),
        refuse=([RecoveryState.FILED], RecoveryState.REFUSED),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("编号"), max_length=11, unique=True, default=new_reference, editable=False)
    state = models.CharField(_("状态"), max_length=8, choices=RecoveryState.choices, default=RecoveryState.FILED)
    name = SealedTextField(_("姓名"))
    id_last6 = SealedTextField(_("身份证号后六位"))
    old_phone = SealedTextField(_("原手机号"), null=True)
    new_phone = SealedTextField(_("新手机号"))
    new_phone_index = models.BinaryField(max_length=32)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="recovery_requests",
        verbose_name=_("原账户"),
    )
    filed_at = models.DateTimeField(_("提交时间"))
    decided_at = models.DateTimeField(_("办结时间"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("换号找回申请")
        verbose_name_plural = _("换号找回申请")
        constraints = [
            one_of("state", RecoveryState, name="accounts_recovery_state", message=_("未知的状态。")),
            together(
                "decided_at", "decided_by", name="accounts_recovery_decided", message=_("办结时间和经办人须同时填写。")
            ),
            set_in(
                [RecoveryState.APPROVED, RecoveryState.REFUSED],
                "decided_at",
                name="accounts_recovery_decided_when",
                message=_("办结的申请必须有办结时间。"),
            ),
            models.UniqueConstraint(
                fields=["new_phone_index"],
                name="accounts_recovery_one_open",
                condition=models.Q(state=RecoveryState.FILED),
                violation_error_message=_("这个手机号已有一份申请在办理。"),
            ),
        ]
        indexes = [models.Index(fields=["state", "filed_at"], name="accounts_recovery_queue")]

    def __str__(self) -> str:
        return self.reference
