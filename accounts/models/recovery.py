"""Requests of people whose phone number changed or was lost."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import differ, one_of, set_in, together
from core.fields import SealedTextField
from core.models import Division
from core.transitions import Flow

from .. import policies
from ..enums import RecoveryState
from ..querysets import within

OPEN = (RecoveryState.FILED, RecoveryState.PROPOSED)


def new_reference() -> str:
    """R and ten digits: easy to read out on the phone, too many to guess."""
    return f"R{secrets.randbelow(10**10):010}"


class RecoveryQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "RecoveryQuerySet":
        """Officials and auditors see the requests of their jurisdiction; nobody else any."""
        return within(self, "district__code", user) if policies.is_staff(user) else self.none()

    def open(self) -> "RecoveryQuerySet":
        return self.filter(state__in=OPEN)

    def waiting_for(self, user: Any) -> "RecoveryQuerySet":
        """Open ones that this official may move; what they proposed waits for somebody else."""
        return self.visible_to(user).open().exclude(proposed_by=user)


class RecoveryRequest(models.Model):
    """Somebody says: this account is mine, and this is my new number. Officials of the district check and decide.

    One is enough where the old number led to the account and the registry knows the same name and ID number
    (`agrees`); else one proposes and another one decides.
    """

    FLOW = Flow(
        approve=([RecoveryState.FILED], RecoveryState.APPROVED),
        propose=([RecoveryState.FILED], RecoveryState.PROPOSED),
        confirm=([RecoveryState.PROPOSED], RecoveryState.APPROVED),
        refuse=([RecoveryState.FILED, RecoveryState.PROPOSED], RecoveryState.REFUSED),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("编号"), max_length=11, unique=True, default=new_reference, editable=False)
    state = models.CharField(_("状态"), max_length=8, choices=RecoveryState.choices, default=RecoveryState.FILED)
    name = SealedTextField(_("姓名"))
    id_last6 = SealedTextField(_("身份证号后六位"))
    old_phone = SealedTextField(_("原手机号"), null=True)
    new_phone = SealedTextField(_("新手机号"))
    new_phone_index = models.BinaryField(max_length=32)
    note = SealedTextField(_("说明"), null=True)
    # Where the person is registered or works; 500000 for people outside the city, whom the city's office serves.
    district = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区县"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="recovery_requests",
        verbose_name=_("原账户"),
    )
    filed_at = models.DateTimeField(_("提交时间"))
    # Said at the approval by one official alone: account and identity followed from the registry.
    agrees = models.BooleanField(_("和登记一致"), default=False)
    proposed_at = models.DateTimeField(_("提出时间"), null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("提出人")
    )
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
            together(
                "proposed_at",
                "proposed_by",
                name="accounts_recovery_proposed",
                message=_("提出时间和提出人须同时填写。"),
            ),
            set_in(
                [RecoveryState.PROPOSED],
                "proposed_at",
                name="accounts_recovery_proposed_when",
                message=_("待复核的申请必须有提出人。"),
            ),
            differ(
                "proposed_by",
                "decided_by",
                name="accounts_recovery_maker_is_not_checker",
                message=_("提出人不能审批自己提出的换绑。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RecoveryState.APPROVED)
                | models.Q(agrees=True)
                | models.Q(proposed_by__isnull=False),
                name="accounts_recovery_two_officials",
                violation_error_message=_("和登记对不上的申请须两名工作人员办理。"),
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
                condition=models.Q(state__in=OPEN),
                violation_error_message=_("这个手机号已有一份申请在办理。"),
            ),
        ]
        indexes = [models.Index(fields=["district", "state", "filed_at"], name="accounts_recovery_queue")]

    def __str__(self) -> str:
        return self.reference
