"""The people of a case: who claims what, and what of it was found and paid."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.fields import SealedTextField

from ..enums import CLAIM_ENDED, ClaimantState
from ..querysets import ClaimantQuerySet
from .case import Case


class Claimant(models.Model):
    """One person's claim. `case` is where it is handled, `origin` the complaint in which it was filed; they differ
    while the complaint is joined to another. `double_of` is the row of the same person that counts instead of this.

    `stands_for` is more than one where a group has not named its people yet, and for an anonymous report.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="claimants", verbose_name=_("案件"))
    origin = models.ForeignKey(Case, models.CASCADE, related_name="own_claimants", verbose_name=_("原投诉"))
    place = models.PositiveIntegerField(_("序号"))
    name = SealedTextField(_("姓名"), null=True)
    id_number = SealedTextField(_("身份证号"), null=True)
    id_index = models.BinaryField(max_length=32, null=True, editable=False)
    phone = SealedTextField(_("手机号"), null=True)
    phone_index = models.BinaryField(max_length=32, null=True, editable=False, db_index=True)
    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, null=True, blank=True, related_name="wage_claims", verbose_name=_("农民工")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("账户")
    )
    representative = models.BooleanField(_("代表"), default=False)
    confidential = models.BooleanField(_("对单位保密"), default=False)
    stands_for = models.PositiveIntegerField(_("代表的人数"), default=1)
    months = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("欠薪月份"))
    state = models.CharField(_("状态"), max_length=12, choices=ClaimantState.choices, default=ClaimantState.CLAIMED)
    claimed_fen = models.BigIntegerField(_("本人说欠（分）"))
    verified_fen = models.BigIntegerField(_("核实（分）"), null=True, blank=True)
    paid_fen = models.BigIntegerField(_("已付（分）"), default=0)
    owed_fen = models.GeneratedField(
        expression=Choose(
            When(Q(state__in=list(CLAIM_ENDED)) | Q(double_of__isnull=False), then=Value(0)),
            default=Greatest(Coalesce(F("verified_fen"), F("claimed_fen")) - F("paid_fen"), Value(0)),
        ),
        output_field=models.BigIntegerField(_("还欠（分）")),
        db_persist=True,
    )
    double_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="doubles", verbose_name=_("已登记在")
    )
    filed_at = models.DateTimeField(_("登记时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        verbose_name = _("投诉人")
        verbose_name_plural = _("投诉人")
        indexes = [
            models.Index("case", "place", "id", name="wages_claimant_list"),
            models.Index(fields=["id_index"], name="wages_claimant_id_number", condition=Q(id_index__isnull=False)),
        ]
        constraints = [
            constraints.one_of("state", ClaimantState, name="wages_claimant_state", message=_("未知的状态。")),
            constraints.at_least("claimed_fen", 0, name="wages_claimant_claimed", message=_("金额不能是负数。")),
            constraints.at_least("verified_fen", 0, name="wages_claimant_verified", message=_("金额不能是负数。")),
            constraints.at_least("paid_fen", 0, name="wages_claimant_paid", message=_("金额不能是负数。")),
            constraints.at_least("stands_for", 1, name="wages_claimant_many", message=_("人数至少是 1。")),
            constraints.set_in(
                [ClaimantState.VERIFIED],
                "verified_fen",
                name="wages_claimant_verified_sum",
                message=_("已核实的要写明核实金额。"),
            ),
            constraints.set_in(CLAIM_ENDED, "ended_at", name="wages_claimant_ended", message=_("结束的要有时间。")),
            models.CheckConstraint(
                condition=Q(state__in=list(CLAIM_ENDED)) | Q(ended_at__isnull=True),
                name="wages_claimant_not_ended",
                violation_error_message=_("没有结束的不能有结束时间。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimantState.PAID) | Q(paid_fen__gte=Coalesce(F("verified_fen"), F("claimed_fen"))),
                name="wages_claimant_paid_in_full",
                violation_error_message=_("付清的，已付金额不能少于应付金额。"),
            ),
            models.UniqueConstraint(
                fields=["case", "id_index"],
                condition=Q(id_index__isnull=False, double_of__isnull=True),
                name="wages_claimant_once",
                violation_error_message=_("这个人已经在这起案件里。"),
            ),
            models.UniqueConstraint(
                fields=["origin", "place"],
                name="wages_claimant_place",
                violation_error_message=_("这个序号已经有人。"),
            ),
            constraints.differ(
                "double_of", "id", name="wages_claimant_not_own_double", message=_("不能登记在自己名下。")
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.place}"
