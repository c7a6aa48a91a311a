"""A person asks that what the registry holds of them be deleted (PIPL art. 47)."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_auditor, is_official
from accounts.querysets import within
from core.constraints import differ, one_of, set_in, together
from core.fields import SealedTextField
from core.transitions import Flow

from .worker import Worker


class ErasureState(models.TextChoices):
    FILED = "filed", _("待办理")
    PROPOSED = "proposed", _("待第二人审批")
    DONE = "done", _("已删除")
    REFUSED = "refused", _("不予删除")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN = (ErasureState.FILED, ErasureState.PROPOSED)


def new_reference() -> str:
    """E and ten digits."""
    return f"E{secrets.randbelow(10**10):010}"


class ErasureQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ErasureQuerySet":
        """Officials and auditors of the district; the worker asks by their own row."""
        return within(self, "district", user) if is_official(user) or is_auditor(user) else self.none()

    def open(self) -> "ErasureQuerySet":
        return self.filter(state__in=OPEN)


class ErasureRequest(models.Model):
    """Two officials carry it out: one proposes, another confirms. The row outlives the data, without any of it."""

    FLOW = Flow(
        propose=([ErasureState.FILED], ErasureState.PROPOSED),
        confirm=([ErasureState.PROPOSED], ErasureState.DONE),
        refuse=([ErasureState.FILED, ErasureState.PROPOSED], ErasureState.REFUSED),
        withdraw=([ErasureState.FILED, ErasureState.PROPOSED], ErasureState.WITHDRAWN),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("编号"), max_length=11, unique=True, default=new_reference, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=ErasureState.choices, default=ErasureState.FILED)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="erasure_requests", verbose_name=_("农民工"))
    district = models.CharField(_("区县"), max_length=6)
    filed_at = models.DateTimeField(_("提出时间"))
    due_on = models.DateField(_("办理期限"))
    proposed_at = models.DateTimeField(_("提出意见时间"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办人")
    )
    decided_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审批人")
    )
    answer = SealedTextField(_("答复"), null=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("删除申请")
        verbose_name_plural = _("删除申请")
        indexes = [models.Index(fields=["state", "due_on", "id"], name="workers_erasure_desk")]
        constraints = [
            one_of("state", ErasureState, name="workers_erasure_state", message=_("未知的状态。")),
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(state__in=OPEN),
                name="workers_erasure_one_open",
                violation_error_message=_("已经有一份删除申请在办理。"),
            ),
            together("proposed_at", "proposed_by", name="workers_erasure_proposed", message=_("要有承办人和时间。")),
            together("decided_at", "decided_by", name="workers_erasure_decided", message=_("要有审批人和时间。")),
            differ(
                "proposed_by",
                "decided_by",
                name="workers_erasure_two_people",
                message=_("承办人不能审批自己提出的删除。"),
            ),
            set_in(
                [ErasureState.PROPOSED, ErasureState.DONE],
                "proposed_at",
                name="workers_erasure_proposed_when",
                message=_("删除必须先由一人提出。"),
            ),
            set_in(
                [ErasureState.DONE, ErasureState.REFUSED],
                "decided_at",
                name="workers_erasure_decided_when",
                message=_("办结必须有时间。"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
