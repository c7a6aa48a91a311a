"""The arrears ledger: what was agreed, worked and paid in one month, and so what is owed. See `wages.ledger`."""

from django.db import models
from django.db.models import DecimalField, F, Q, Value
from django.db.models.functions import Cast, Greatest, Round
from django.utils.translation import gettext_lazy as _

from core import constraints

from ..enums import Basis
from .claimant import Claimant

# PostgreSQL rounds a numeric half away from zero, which for what is not negative is HALF_UP, as `ledger` does.
_AGREED = Cast(
    Round(Cast(F("rate_fen"), DecimalField(max_digits=14, decimal_places=0)) * F("quantity")), models.BigIntegerField()
)


class OwedMonth(models.Model):
    """One line of one person's ledger. The two sums are the database's own, so that nobody can write others."""

    claimant = models.ForeignKey(Claimant, models.CASCADE, related_name="owed_lines", verbose_name=_("投诉人"))
    month = models.DateField(_("月份"))
    basis = models.CharField(_("怎么算"), max_length=8, choices=Basis.choices)
    rate_fen = models.BigIntegerField(_("单价（分）"))
    quantity = models.DecimalField(_("数量"), max_digits=9, decimal_places=2)
    agreed_fen = models.GeneratedField(
        expression=_AGREED, output_field=models.BigIntegerField(_("应付（分）")), db_persist=True
    )
    paid_fen = models.BigIntegerField(_("已付（分）"), default=0)
    owed_fen = models.GeneratedField(
        expression=Greatest(_AGREED - F("paid_fen"), Value(0)),
        output_field=models.BigIntegerField(_("还欠（分）")),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("欠薪明细")
        verbose_name_plural = _("欠薪明细")
        constraints = [
            constraints.one_of("basis", Basis, name="wages_owedmonth_basis", message=_("未知的算法。")),
            constraints.at_least("rate_fen", 0, name="wages_owedmonth_rate", message=_("单价不能是负数。")),
            constraints.at_least("quantity", 0, name="wages_owedmonth_quantity", message=_("数量不能是负数。")),
            constraints.at_least("paid_fen", 0, name="wages_owedmonth_paid", message=_("已付不能是负数。")),
            models.CheckConstraint(
                condition=Q(month__day=1), name="wages_owedmonth_first", violation_error_message=_("月份写成当月一日。")
            ),
            models.UniqueConstraint(
                fields=["claimant", "month", "basis"],
                name="wages_owedmonth_once",
                violation_error_message=_("这个月已经有一行。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
