"""Where a case goes on in another house: the commission, the court, the police. The dates are what they told us."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.transitions import Flow

from ..enums import ArbitrationState, PoliceAnswer
from .case import Case

UNDER_WAY = (ArbitrationState.REFERRED, ArbitrationState.APPLIED, ArbitrationState.ACCEPTED)


class Arbitration(models.Model):
    """One way through a commission, from our referral to its end. The clocks stand in `CaseClock`."""

    FLOW = Flow(
        arb_apply=([ArbitrationState.REFERRED], ArbitrationState.APPLIED),
        arb_accept=([ArbitrationState.APPLIED], ArbitrationState.ACCEPTED),
        arb_refuse=([ArbitrationState.APPLIED], ArbitrationState.REFUSED),
        arb_award=([ArbitrationState.ACCEPTED], ArbitrationState.AWARDED),
        arb_mediated=([ArbitrationState.ACCEPTED], ArbitrationState.MEDIATED),
        arb_drop=(UNDER_WAY, ArbitrationState.DROPPED),
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="arbitrations", verbose_name=_("案件"))
    state = models.CharField(
        _("状态"), max_length=10, choices=ArbitrationState.choices, default=ArbitrationState.REFERRED
    )
    commission = models.CharField(_("仲裁委员会"), max_length=100)
    fast = models.BooleanField(_("速裁庭"), default=False)
    referred_on = models.DateField(_("引导日"))
    applied_on = models.DateField(_("收到申请"), null=True, blank=True)
    accepted_on = models.DateField(_("受理日"), null=True, blank=True)
    refused_on = models.DateField(_("不予受理日"), null=True, blank=True)
    served_on = models.DateField(_("送达单位"), null=True, blank=True)
    defended_on = models.DateField(_("单位答辩"), null=True, blank=True)
    notified_on = models.DateField(_("开庭通知日"), null=True, blank=True)
    hearing_on = models.DateField(_("开庭日"), null=True, blank=True)
    extended_on = models.DateField(_("批准延期"), null=True, blank=True)
    provisional_on = models.DateField(_("先予执行"), null=True, blank=True)
    provisional_fen = models.BigIntegerField(_("先予执行金额（分）"), null=True, blank=True)
    award_on = models.DateField(_("收到裁决书或调解书"), null=True, blank=True)
    award_fen = models.BigIntegerField(_("裁决或调解金额（分）"), null=True, blank=True)
    final = models.BooleanField(_("终局裁决"), null=True, blank=True)
    ceiling_fen = models.BigIntegerField(_("终局裁决的上限（分）"), null=True, blank=True)
    sue_by = models.DateField(_("最迟起诉日"), null=True, blank=True)
    sued_on = models.DateField(_("起诉日"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("仲裁")
        verbose_name_plural = _("仲裁")
        constraints = [
            constraints.one_of("state", ArbitrationState, name="wages_arbitration_state", message=_("未知的状态。")),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=list(UNDER_WAY)), name="wages_arbitration_one_under_way"
            ),
            constraints.set_in(
                [ArbitrationState.AWARDED, ArbitrationState.MEDIATED],
                "award_on",
                name="wages_arbitration_award",
                message=_("裁决或调解要有日期。"),
            ),
            constraints.set_in(
                [ArbitrationState.AWARDED], "final", name="wages_arbitration_final", message=_("裁决要写明是否终局。")
            ),
            models.CheckConstraint(
                condition=Q(hearing_on__isnull=True) | Q(notified_on__lt=F("hearing_on")),
                name="wages_arbitration_notice",
                violation_error_message=_("开庭通知应在开庭之前。"),
            ),
            constraints.together(
                "provisional_on", "provisional_fen", name="wages_arbitration_provisional", message=_("要有日期和金额。")
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Enforcement(models.Model):
    """From the demand (催告) to the court (行政强制法 art. 53–54)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="enforcement", verbose_name=_("案件"))
    served_on = models.DateField(_("处理决定送达日"))
    demanded_on = models.DateField(_("催告书送达日"))
    suit_until = models.DateField(_("复议、起诉期限届满"))
    not_before = models.DateField(_("最早申请日"))
    apply_by = models.DateField(_("最迟申请日"))
    applied_on = models.DateField(_("申请日"), null=True, blank=True)
    court = models.CharField(_("受理法院"), max_length=60, blank=True)
    late_reason = models.CharField(_("逾期申请的理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("申请法院强制执行")
        verbose_name_plural = _("申请法院强制执行")
        constraints = [
            constraints.together("served_on", "demanded_on", name="wages_enforcement_days", message=_("要有送达日。")),
            models.CheckConstraint(
                condition=Q(applied_on__isnull=True) | Q(applied_on__gte=F("not_before")) & ~Q(court=""),
                name="wages_enforcement_in_time",
                violation_error_message=_("催告期和复议、起诉期限没有过，不能申请。"),
            ),
            models.CheckConstraint(
                condition=Q(applied_on__isnull=True) | Q(applied_on__lte=F("apply_by")) | ~Q(late_reason=""),
                name="wages_enforcement_late_reason",
                violation_error_message=_("逾期申请要写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class PoliceTransfer(models.Model):
    """A case handed to the police, the alert that stood beside it, and what they answered. Whether it is a crime is
    theirs to say."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="police_transfers", verbose_name=_("案件"))
    station = models.CharField(_("移送给"), max_length=100, blank=True)
    sent_on = models.DateField(_("移送日"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("移送人"))
    people = models.PositiveIntegerField(_("人数"))
    owed_fen = models.BigIntegerField(_("欠薪合计（分）"))
    reached = models.BooleanField(_("达到提示线"))
    receipt_number = models.CharField(_("回执编号"), max_length=40, blank=True)
    receipt_on = models.DateField(_("公安签收日"), null=True, blank=True)
    answer = models.CharField(_("公安答复"), max_length=10, choices=PoliceAnswer.choices, blank=True)
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("移送公安")
        verbose_name_plural = _("移送公安")
        constraints = [
            constraints.one_of(
                "answer", PoliceAnswer, name="wages_police_answer", message=_("未知的答复。"), blank=True
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | ~Q(answer="") & Q(answered_on__isnull=False),
                name="wages_police_answered",
                violation_error_message=_("答复要有日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
