"""What one official proposes and another approves: an extension, a decision. Maker ≠ checker, here too."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.transitions import Flow

from ..enums import ApprovalKind, ApprovalState
from ..querysets import ApprovalQuerySet
from .case import Case


class Approval(models.Model):
    """A proposal with its outcome. An extension must be approved before the first 60 days are over (条例 art. 17)."""

    FLOW = Flow(
        approve=([ApprovalState.PENDING], ApprovalState.APPROVED),
        reject=([ApprovalState.PENDING], ApprovalState.REJECTED),
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="approvals", verbose_name=_("案件"))
    kind = models.CharField(_("事项"), max_length=12, choices=ApprovalKind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING)
    reason = models.TextField(_("理由"))
    amount_fen = models.BigIntegerField(_("责令支付（分）"), null=True, blank=True)
    extra_percent = models.PositiveSmallIntegerField(_("加付赔偿金（%）"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("提出时间"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    decided_on = models.DateField(_("审批日"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审批人")
    )
    deadline_before = models.DateField(_("原期限"))

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批")
        verbose_name_plural = _("审批")
        constraints = [
            constraints.one_of("kind", ApprovalKind, name="wages_approval_kind", message=_("未知的事项。")),
            constraints.one_of("state", ApprovalState, name="wages_approval_state", message=_("未知的状态。")),
            constraints.together(
                "decided_at", "decided_on", "decided_by", name="wages_approval_decided", message=_("审批要有人和时间。")
            ),
            constraints.set_in(
                [ApprovalState.APPROVED, ApprovalState.REJECTED],
                "decided_at",
                name="wages_approval_state_decided",
                message=_("已审批的事项要有审批时间。"),
            ),
            constraints.differ(
                "proposed_by",
                "decided_by",
                name="wages_approval_maker_is_not_checker",
                message=_("提出人不能批准自己提出的事项。"),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ApprovalKind.EXTENSION, state=ApprovalState.APPROVED)
                | Q(decided_on__lte=models.F("deadline_before")),
                name="wages_approval_extension_in_time",
                violation_error_message=_("延长期限应在原期限届满前批准。"),
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state=ApprovalState.PENDING),
                name="wages_approval_one_pending",
                violation_error_message=_("已有一份同样的审批等待处理。"),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=ApprovalKind.EXTENSION, state=ApprovalState.APPROVED),
                name="wages_approval_one_extension",
                violation_error_message=_("办理期限只能延长一次。"),
            ),
            constraints.at_least(
                "extra_percent", 1, name="wages_approval_extra", message=_("加付赔偿金至少是 1%；不加付就空着。")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
