"""A worker's application for a vacancy, up to the placement."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of, set_in, together
from core.transitions import Flow
from workers.models import Worker

from ..enums import IN_THE_CITY, LIVE_APPLICATION, ApplicationSource, ApplicationState
from ..querysets import ApplicationQuerySet
from .recommendation import Recommendation
from .vacancy import Vacancy

S = ApplicationState


class Application(models.Model):
    """One worker for one vacancy. `hired_at` makes it a placement, which monitoring counts."""

    FLOW = Flow(
        view=([S.APPLIED], S.VIEWED),
        hire=([S.APPLIED, S.VIEWED], S.HIRED),
        unhire=([S.HIRED], S.VIEWED),
        reject=([S.APPLIED, S.VIEWED], S.REJECTED),
        withdraw=([S.APPLIED, S.VIEWED], S.WITHDRAWN),
    )

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="applications", verbose_name=_("岗位"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="applications", verbose_name=_("报名人"))
    # The vacancy's place, which never changes once people may apply: the lists' indexes begin with its district.
    division = models.CharField(_("工作地点"), max_length=12, editable=False)
    district = models.GeneratedField(
        expression=Left(F("division"), 6), output_field=models.CharField(max_length=6), db_persist=True
    )
    source = models.CharField(_("来源"), max_length=16, choices=ApplicationSource.choices)
    recommendation = models.OneToOneField(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="application", verbose_name=_("推荐")
    )
    state = models.CharField(_("状态"), max_length=12, choices=S.choices, default=S.APPLIED)
    applied_at = models.DateTimeField(_("报名时间"))
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提交人"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    hired_at = models.DateTimeField(_("录用时间"), null=True, blank=True)
    hired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = _("报名")
        indexes = [
            models.Index(fields=["worker", "-applied_at"], name="jobs_application_mine"),
            models.Index(fields=["vacancy", "applied_at"], name="jobs_application_queue"),
            models.Index(fields=["-applied_at", "-id"], name="jobs_application_newest"),
            models.Index(fields=["district", "-applied_at", "-id"], name="jobs_application_district"),
            models.Index(fields=["state", "-applied_at", "-id"], name="jobs_application_by_state"),
            models.Index(fields=["district", "state", "-applied_at", "-id"], name="jobs_application_dist_state"),
            models.Index(fields=["source", "-applied_at", "-id"], name="jobs_application_by_source"),
            models.Index(fields=["hired_at"], name="jobs_application_placed", condition=Q(hired_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "vacancy"],
                condition=Q(state__in=LIVE_APPLICATION),
                name="jobs_application_live_once",
                violation_error_message=_("已经报过名了。"),
            ),
            models.CheckConstraint(
                condition=Q(district__regex=IN_THE_CITY),
                name="jobs_application_in_the_city",
                violation_error_message=_("工作地点应在重庆市内。"),
            ),
            one_of("state", S, name="jobs_application_state", message=_("未知的报名状态。")),
            one_of("source", ApplicationSource, name="jobs_application_source", message=_("未知的来源。")),
            together("hired_at", "hired_by", name="jobs_application_hired", message=_("录用时间与确认人应同时填写。")),
            set_in([S.HIRED], "hired_at", name="jobs_application_hired_when", message=_("录用必须写明时间。")),
            models.CheckConstraint(
                condition=Q(source=ApplicationSource.RECOMMENDATION) ^ Q(recommendation__isnull=True),
                name="jobs_application_from_recommendation",
                violation_error_message=_("接受推荐的报名必须指明是哪一次推荐。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
