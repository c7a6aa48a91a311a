"""Ways that a case takes without moving: help by an office outside the city, and what another department answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.transitions import Flow
from places.models import Place

from ..enums import AnswerState
from .case import Case


def _official(label: str, **options: bool) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options)


class Helping(models.Model):
    """One of the city's own offices outside was asked to help. The district keeps the case and its clock."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="helpings", verbose_name=_("案件"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("市外办事处"))
    request = models.TextField(_("请协助的事"))
    asked_at = models.DateTimeField(_("移交时间"))
    asked_by = _official(_("移交人"))
    report = models.TextField(_("报告"), blank=True)
    returned_at = models.DateTimeField(_("交回时间"), null=True, blank=True)
    returned_by = _official(_("交回人"), null=True, blank=True)

    class Meta:
        verbose_name = _("市外协助")
        verbose_name_plural = _("市外协助")
        constraints = [
            constraints.together(
                "returned_at", "returned_by", name="wages_helping_returned", message=_("交回要有人和时间。")
            ),
            constraints.in_order(
                "asked_at", "returned_at", name="wages_helping_order", message=_("交回不能早于移交。")
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(returned_at__isnull=True),
                name="wages_helping_one",
                violation_error_message=_("这起案件已经在一个市外办事处。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.place}"


class Transferral(models.Model):
    """A case that ended here by going to another department, and that department's answer (724号令 art. 10)."""

    FLOW = Flow(
        took=([AnswerState.WAITING], AnswerState.TOOK),
        done=([AnswerState.WAITING, AnswerState.TOOK], AnswerState.DONE),
        returned=([AnswerState.WAITING, AnswerState.TOOK], AnswerState.RETURNED),
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="transferrals", verbose_name=_("案件"))
    target = models.CharField(_("转送给"), max_length=100)
    state = models.CharField(_("答复"), max_length=10, choices=AnswerState.choices, default=AnswerState.WAITING)
    sent_at = models.DateTimeField(_("转送时间"))
    # Internal: the law sets no number of days. Who was asked first asks again from this day on.
    ask_again_on = models.DateField(_("催问日"))
    asked_again_at = models.DateTimeField(_("已提醒催问"), null=True, blank=True)
    answer = models.TextField(_("答复内容"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), null=True, blank=True)
    recorded_by = _official(_("登记人"), null=True, blank=True)

    class Meta:
        verbose_name = _("转送")
        verbose_name_plural = _("转送")
        indexes = [
            models.Index(
                fields=["ask_again_on"],
                name="wages_transferral_silent",
                condition=models.Q(state=AnswerState.WAITING, asked_again_at__isnull=True),
            )
        ]
        constraints = [
            constraints.one_of("state", AnswerState, name="wages_transferral_state", message=_("未知的答复。")),
            constraints.together(
                "answered_on",
                "recorded_at",
                "recorded_by",
                name="wages_transferral_answered",
                message=_("答复要有日期和登记人。"),
            ),
            constraints.set_in(
                [AnswerState.TOOK, AnswerState.DONE, AnswerState.RETURNED],
                "recorded_at",
                name="wages_transferral_state_answered",
                message=_("有答复就要有登记时间。"),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=~models.Q(state=AnswerState.RETURNED),
                name="wages_transferral_one",
                violation_error_message=_("这起案件已经转送。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.target}"
