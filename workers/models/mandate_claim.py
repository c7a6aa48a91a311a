"""A broker says that a worker signed a mandate on paper; an official of the place looks at the paper first."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_auditor, is_broker, is_official, is_worker
from accounts.querysets import within
from core.constraints import one_of, set_in, together
from core.fields import SealedTextField
from core.models import StoredFile
from core.transitions import Flow

from ..enums import MandateScope
from .worker import Worker


class ClaimState(models.TextChoices):
    """Nothing but `ACCEPTED` lets the broker do anything."""

    WAITING = "waiting", _("待核对")
    ACCEPTED = "accepted", _("已生效")
    REFUSED = "refused", _("未通过")
    OBJECTED = "objected", _("本人否认")
    WITHDRAWN = "withdrawn", _("已撤回")


def new_reference() -> str:
    """P and ten digits: easy to read out on the phone, too many to guess."""
    return f"P{secrets.randbelow(10**10):010}"


class MandateClaimQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "MandateClaimQuerySet":
        """The worker's and the broker's own; officials and auditors those of the districts in their charge."""
        if is_worker(user):
            return self.filter(worker__user=user)
        if is_broker(user):
            return self.filter(broker=user)
        return within(self, "district", user) if is_official(user) or is_auditor(user) else self.none()

    def waiting(self) -> "MandateClaimQuerySet":
        return self.filter(state=ClaimState.WAITING)


class MandateClaim(models.Model):
    """The photo of a signed paper and what it is said to allow. `answer` is the official's reason, sealed."""

    FLOW = Flow(
        accept=([ClaimState.WAITING], ClaimState.ACCEPTED),
        refuse=([ClaimState.WAITING], ClaimState.REFUSED),
        object=([ClaimState.WAITING], ClaimState.OBJECTED),
        withdraw=([ClaimState.WAITING], ClaimState.WITHDRAWN),
        # Two rows of one person are merged, and both had one of this broker; and are taken apart again.
        join=([ClaimState.WAITING], ClaimState.WITHDRAWN),
        reopen=([ClaimState.WITHDRAWN], ClaimState.WAITING),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("编号"), max_length=11, unique=True, default=new_reference, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=ClaimState.choices, default=ClaimState.WAITING)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="mandate_claims", verbose_name=_("农民工"))
    broker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("劳务经纪人"))
    scope = ArrayField(models.CharField(max_length=10, choices=MandateScope.choices), verbose_name=_("委托事项"))
    district = models.CharField(_("区县"), max_length=6)
    photo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("委托书照片"))
    filed_at = models.DateTimeField(_("提交时间"))
    due_on = models.DateField(_("核对期限"))
    due_provisional = models.BooleanField(_("期限暂定"), default=False)
    rule = models.CharField(_("期限依据"), max_length=80)
    decided_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    answer = SealedTextField(_("理由"), null=True)

    objects = MandateClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("纸质委托")
        verbose_name_plural = _("纸质委托")
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="workers_claim_desk"),
            models.Index(fields=["district", "state", "due_on", "id"], name="workers_claim_district"),
        ]
        constraints = [
            one_of("state", ClaimState, name="workers_claim_state", message=_("未知的状态。")),
            models.CheckConstraint(
                condition=Q(scope__contained_by=list(MandateScope.values), scope__len__gte=1),
                name="workers_claim_scope",
                violation_error_message=_("委托事项不对。"),
            ),
            models.UniqueConstraint(
                fields=["worker", "broker"],
                condition=Q(state=ClaimState.WAITING),
                name="workers_claim_one_waiting",
                violation_error_message=_("已经有一份委托书在核对。"),
            ),
            together("decided_at", "decided_by", name="workers_claim_decided", message=_("办结要有人和时间。")),
            set_in(
                [ClaimState.ACCEPTED, ClaimState.REFUSED, ClaimState.OBJECTED],
                "decided_at",
                name="workers_claim_decided_when",
                message=_("办结必须有时间。"),
            ),
            set_in([ClaimState.REFUSED], "answer", name="workers_claim_why", message=_("不通过必须写明理由。")),
        ]

    def __str__(self) -> str:
        return self.reference
