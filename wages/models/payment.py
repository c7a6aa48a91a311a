"""Money that reached one person, or is said to have: with its evidence, and what the person says about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.models import StoredFile

from ..enums import PaymentState, PaymentWay
from .claimant import Claimant


class Payment(models.Model):
    """One payment. `paid_fen` of the claimant is the sum of those that are not contested."""

    claimant = models.ForeignKey(Claimant, models.CASCADE, related_name="payments", verbose_name=_("投诉人"))
    fen = models.BigIntegerField(_("金额（分）"))
    paid_on = models.DateField(_("付款日"))
    way = models.CharField(_("方式"), max_length=12, choices=PaymentWay.choices)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("凭证")
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    state = models.CharField(_("状态"), max_length=12, choices=PaymentState.choices, default=PaymentState.RECORDED)
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )

    class Meta:
        verbose_name = _("付款")
        verbose_name_plural = _("付款")
        constraints = [
            constraints.one_of("state", PaymentState, name="wages_payment_state", message=_("未知的状态。")),
            constraints.one_of("way", PaymentWay, name="wages_payment_way", message=_("未知的方式。")),
            constraints.at_least("fen", 1, name="wages_payment_fen", message=_("金额应大于 0。")),
            constraints.set_in(
                [PaymentState.CONFIRMED, PaymentState.PRESUMED, PaymentState.CONTESTED],
                "decided_at",
                name="wages_payment_decided",
                message=_("确认过的付款要有时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
