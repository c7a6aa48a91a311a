"""When “I did not get it” took a case one level up."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints

from ..enums import CaseState, Level
from .case import Case
from .payment import Payment


class Reopening(models.Model):
    """One payment that did not come: who had the case, who has it now, and the clock that ran before.

    `shut_out` is the city's own official who had recorded it: there is no level above, so another one decides.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="reopenings", verbose_name=_("案件"))
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="+", verbose_name=_("付款"))
    at = models.DateTimeField(_("时间"))
    from_state = models.CharField(_("原状态"), max_length=24, choices=CaseState.choices)
    from_level = models.CharField(_("原层级"), max_length=8, choices=Level.choices)
    to_level = models.CharField(_("现层级"), max_length=8, choices=Level.choices)
    handler_before = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("原承办人")
    )
    shut_out = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("不再承办的人")
    )
    due_before = models.DateField(_("原期限"), null=True)
    closed_before = models.DateTimeField(_("原办结时间"), null=True)

    class Meta:
        verbose_name = _("重新办理")
        verbose_name_plural = _("重新办理")
        constraints = [
            constraints.one_of("from_level", Level, name="wages_reopening_from", message=_("未知的层级。")),
            constraints.one_of("to_level", Level, name="wages_reopening_to", message=_("未知的层级。")),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
