"""Objections raised while an application is publicised."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of, set_in, together

from ..enums import ObjectionState
from .application import HousingApplication


class Objection(models.Model):
    """What somebody holds against a publicised application; the raiser is named to officials only."""

    application = models.ForeignKey(
        HousingApplication, models.PROTECT, related_name="objections", verbose_name=_("申请")
    )
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    raised_at = models.DateTimeField(_("提出时间"))
    text = models.TextField(_("内容"), max_length=1000)
    state = models.CharField(_("状态"), max_length=12, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核查人")
    )
    decided_at = models.DateTimeField(_("核查时间"), null=True, blank=True)
    decision = models.TextField(_("核查结论"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("公示异议")
        verbose_name_plural = _("公示异议")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "raised_by"],
                name="housing_objection_once",
                violation_error_message=_("你已经对这份申请提出过异议。"),
            ),
            one_of("state", ObjectionState, name="housing_objection_state", message=_("未知的状态。")),
            together(
                "decided_by", "decided_at", name="housing_objection_decided", message=_("核查人和核查时间要一起填。")
            ),
            set_in(
                [ObjectionState.UPHELD, ObjectionState.DISMISSED],
                "decided_by",
                name="housing_objection_decided_by",
                message=_("有结论的异议要有核查人。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["application"], name="housing_objection_open", condition=models.Q(state=ObjectionState.OPEN)
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_state_display()}"
