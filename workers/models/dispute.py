"""A worker says that a value which a department stated is wrong, and what it should be (PIPL art. 46)."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_auditor, is_official, is_worker
from accounts.querysets import within
from core.constraints import between, one_of, set_in, together
from core.fields import SealedTextField
from core.models import StoredFile
from core.transitions import Flow

from ..enums import Source
from .worker import Worker

DEPARTMENTS = [row for row in Source.choices if Source(row[0]).is_department]


class DisputeState(models.TextChoices):
    """Where a dispute stands; one that was passed on waits as a new one does, its trail says who had it."""

    OPEN = "open", _("核实中")
    TAKEN = "taken", _("已采纳")
    REFUSED = "refused", _("未采纳")
    WITHDRAWN = "withdrawn", _("已撤回")


def new_reference() -> str:
    """G and ten digits: easy to read out on the phone, too many to guess."""
    return f"G{secrets.randbelow(10**10):010}"


class DisputeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "DisputeQuerySet":
        """The worker's own; officials and auditors those of the districts in their charge."""
        if is_worker(user):
            return self.filter(worker__user=user)
        return within(self, "district", user) if is_official(user) or is_auditor(user) else self.none()

    def open(self) -> "DisputeQuerySet":
        return self.filter(state=DisputeState.OPEN)


class Dispute(models.Model):
    """What it should be, why, and the answer rest sealed: a wrong value may be as sensitive as the right one.

    `claimed` is the value as text (`workers.texts`), NULL where the worker says that nothing belongs there.
    `district` is the office that looks at it: where the worker lives, else where registered, else the city.
    """

    FLOW = Flow(
        take=([DisputeState.OPEN], DisputeState.TAKEN),
        refuse=([DisputeState.OPEN], DisputeState.REFUSED),
        pass_on=([DisputeState.OPEN], DisputeState.OPEN),
        withdraw=([DisputeState.OPEN], DisputeState.WITHDRAWN),
        # Two rows of one person are merged, and both had one about this value; and are taken apart again.
        join=([DisputeState.OPEN], DisputeState.WITHDRAWN),
        reopen=([DisputeState.WITHDRAWN], DisputeState.OPEN),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("编号"), max_length=11, unique=True, default=new_reference, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=DisputeState.choices, default=DisputeState.OPEN)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="disputes", verbose_name=_("农民工"))
    indicator = models.SmallIntegerField(_("指标"))
    department = models.SmallIntegerField(_("负责部门"), choices=DEPARTMENTS)
    district = models.CharField(_("区县"), max_length=6)
    claimed = SealedTextField(_("应当是"), null=True)
    reason = SealedTextField(_("为什么"), null=True)
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("材料")
    )
    filed_at = models.DateTimeField(_("提出时间"))
    due_on = models.DateField(_("答复期限"))
    due_provisional = models.BooleanField(_("期限暂定"), default=False)
    rule = models.CharField(_("期限依据"), max_length=80)
    decided_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    answer = SealedTextField(_("答复"), null=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("更正申请")
        verbose_name_plural = _("更正申请")
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="workers_dispute_desk"),
            models.Index(fields=["district", "state", "due_on", "id"], name="workers_dispute_district"),
        ]
        constraints = [
            one_of("state", DisputeState, name="workers_dispute_state", message=_("未知的状态。")),
            between(
                "department",
                DEPARTMENTS[0][0],
                DEPARTMENTS[-1][0],
                name="workers_dispute_department",
                message=_("未知的部门。"),
            ),
            between("indicator", 1, 65, name="workers_dispute_indicator", message=_("没有这项指标。")),
            models.UniqueConstraint(
                fields=["worker", "indicator"],
                condition=Q(state=DisputeState.OPEN),
                name="workers_dispute_one_open",
                violation_error_message=_("这一项已经有一份更正申请在办理。"),
            ),
            together("decided_at", "decided_by", name="workers_dispute_decided", message=_("办结要有经办人和时间。")),
            set_in(
                [DisputeState.TAKEN, DisputeState.REFUSED],
                "decided_at",
                name="workers_dispute_decided_when",
                message=_("办结的申请必须有办结时间。"),
            ),
            set_in(
                [DisputeState.REFUSED],
                "answer",
                name="workers_dispute_refused_why",
                message=_("不采纳必须写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
