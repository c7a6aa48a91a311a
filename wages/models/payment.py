"""Money that reached one person, or is said to have: with its evidence, and what the person says about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.models import StoredFile
from core.transitions import Flow

from ..enums import Heard, PaymentState, PaymentWay
from .claimant import Claimant

_ANY = (PaymentState.RECORDED, PaymentState.PRESUMED, PaymentState.CONTESTED)


class Payment(models.Model):
    """One payment. `paid_fen` of the claimant is the sum of those that are neither contested nor taken back.

    `asked_at` is when the question left for the person's phone, `presume_on` the first day on which silence counts.
    """

    FLOW = Flow(
        confirm=(_ANY, PaymentState.CONFIRMED),
        vouch=([PaymentState.RECORDED], PaymentState.CONFIRMED),
        presume=([PaymentState.RECORDED], PaymentState.PRESUMED),
        contest=([PaymentState.RECORDED, PaymentState.CONFIRMED, PaymentState.PRESUMED], PaymentState.CONTESTED),
        take_back=([PaymentState.RECORDED], PaymentState.TAKEN_BACK),
    )

    claimant = models.ForeignKey(Claimant, models.CASCADE, related_name="payments", verbose_name=_("投诉人"))
    fen = models.BigIntegerField(_("金额（分）"))
    paid_on = models.DateField(_("付款日"))
    way = models.CharField(_("方式"), max_length=12, choices=PaymentWay.choices)
    note = models.CharField(_("凭证说明"), max_length=200, blank=True)
    over_reason = models.CharField(_("多付的理由"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("凭证")
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    state = models.CharField(_("状态"), max_length=12, choices=PaymentState.choices, default=PaymentState.RECORDED)
    asked_at = models.DateTimeField(_("询问发出时间"), null=True, blank=True)
    presume_on = models.DateField(_("从这天起视为收到"), null=True, blank=True)
    warned_at = models.DateTimeField(_("提醒时间"), null=True, blank=True)
    heard = models.CharField(_("怎么答的"), max_length=8, choices=Heard.choices, blank=True)
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )

    class Meta:
        verbose_name = _("付款")
        verbose_name_plural = _("付款")
        indexes = [
            models.Index(fields=["presume_on"], name="wages_payment_waiting", condition=Q(state=PaymentState.RECORDED)),
        ]
        constraints = [
            constraints.one_of("state", PaymentState, name="wages_payment_state", message=_("未知的状态。")),
            constraints.one_of("way", PaymentWay, name="wages_payment_way", message=_("未知的方式。")),
            constraints.one_of("heard", Heard, name="wages_payment_heard", message=_("未知的方式。"), blank=True),
            constraints.at_least("fen", 1, name="wages_payment_fen", message=_("金额应大于 0。")),
            constraints.set_in(
                [PaymentState.CONFIRMED, PaymentState.PRESUMED, PaymentState.CONTESTED, PaymentState.TAKEN_BACK],
                "decided_at",
                name="wages_payment_decided",
                message=_("确认过的付款要有时间。"),
            ),
            constraints.set_in(
                [PaymentState.PRESUMED],
                "asked_at",
                "warned_at",
                "presume_on",
                name="wages_payment_presumed_after_asking",
                message=_("没有问过、提醒过本人的，不能视为收到。"),
            ),
            constraints.together(
                "asked_at", "presume_on", name="wages_payment_asked_together", message=_("问过的要有起算的日子。")
            ),
            models.CheckConstraint(
                condition=~Q(heard=Heard.PAPER) | ~Q(recorded_by=models.F("decided_by")),
                name="wages_payment_maker_is_not_checker",
                violation_error_message=_("登记人不能自己凭凭证确认。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
