"""A broker's offer of a vacancy to a worker, with the reasons it was made for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from core.constraints import between, one_of, set_in
from core.transitions import Flow
from workers.models import Worker

from ..enums import IN_THE_CITY, RecommendationState
from ..querysets import RecommendationQuerySet
from .vacancy import Vacancy

S = RecommendationState


class Recommendation(models.Model):
    """Nobody is offered the same job twice: one row per vacancy and worker, ever.

    The score and its reasons are kept as they were shown, so that a recommendation can be explained later
    (个人信息保护法 art. 24). Accepting gives this broker the worker's phone number while the application lives.
    """

    FLOW = Flow(
        accept=([S.OFFERED], S.ACCEPTED),
        decline=([S.OFFERED], S.DECLINED),
        expire=([S.OFFERED], S.EXPIRED),
    )

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="recommendations", verbose_name=_("岗位"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="recommendations", verbose_name=_("工人"))
    # The vacancy's place, which never changes once people may apply: the lists' indexes begin with its district.
    division = models.CharField(_("工作地点"), max_length=12, editable=False)
    district = models.GeneratedField(
        expression=Left(F("division"), 6), output_field=models.CharField(max_length=6), db_persist=True
    )
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recommendations", verbose_name=_("经纪人")
    )
    score = models.PositiveSmallIntegerField(_("匹配分"))
    reasons = models.JSONField(_("理由"), default=list)
    state = models.CharField(_("状态"), max_length=12, choices=S.choices, default=S.OFFERED)
    offered_at = models.DateTimeField(_("推荐时间"))
    answer_by = models.DateField(_("请在此日前答复"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("推荐")
        verbose_name_plural = _("推荐")
        indexes = [
            models.Index(fields=["broker", "-offered_at"], name="jobs_recommendation_sent"),
            models.Index(fields=["worker", "-offered_at"], name="jobs_recommendation_got"),
            models.Index(fields=["-offered_at", "-id"], name="jobs_recommendation_newest"),
            models.Index(fields=["district", "-offered_at", "-id"], name="jobs_recommendation_district"),
            models.Index(fields=["state", "-offered_at", "-id"], name="jobs_recommendation_by_state"),
            models.Index(fields=["district", "state", "-offered_at", "-id"], name="jobs_recommendation_dist_state"),
            models.Index(fields=["answer_by"], name="jobs_recommendation_open", condition=Q(state=S.OFFERED)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "worker"],
                name="jobs_recommendation_once_ever",
                violation_error_message=_("这个岗位已经推荐给他过。"),
            ),
            models.CheckConstraint(
                condition=Q(district__regex=IN_THE_CITY),
                name="jobs_recommendation_in_the_city",
                violation_error_message=_("工作地点应在重庆市内。"),
            ),
            one_of("state", S, name="jobs_recommendation_state", message=_("未知的推荐状态。")),
            between("score", 0, 100, name="jobs_recommendation_score", message=_("匹配分应在 0 到 100 之间。")),
            set_in(
                [S.ACCEPTED, S.DECLINED],
                "answered_at",
                name="jobs_recommendation_answered_when",
                message=_("答复必须写明时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
