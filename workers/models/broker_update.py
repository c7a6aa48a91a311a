"""What a broker wrote under a mandate and the worker has not yet said yes or no to."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_broker, is_worker
from core.constraints import between, one_of, set_in, together
from core.transitions import Flow

from .worker import Worker

TRIES = 5


class UpdateState(models.TextChoices):
    """`WAITING` beyond `expires_at` has lapsed; the next update of the same broker closes it."""

    WAITING = "waiting", _("等本人确认")
    CONFIRMED = "confirmed", _("本人已确认")
    DENIED = "denied", _("本人说不对")
    OVERTAKEN = "overtaken", _("后来又有变化")
    JOINED = "joined", _("并入后一次更新")
    LAPSED = "lapsed", _("过期没有确认")


class BrokerUpdateQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "BrokerUpdateQuerySet":
        """The worker's own, and the broker's own; nobody else has to do with it."""
        if is_worker(user):
            return self.filter(worker__user=user)
        return self.filter(broker=user) if is_broker(user) else self.none()

    def waiting(self, at: datetime) -> "BrokerUpdateQuerySet":
        return self.filter(state=UpdateState.WAITING, expires_at__gt=at)

    def unanswered(self, at: datetime) -> "BrokerUpdateQuerySet":
        """Closed without a yes or a no: too late, or somebody spoke meanwhile."""
        return self.lapsed(at) | self.filter(state=UpdateState.OVERTAKEN)

    def lapsed(self, at: datetime) -> "BrokerUpdateQuerySet":
        """Nobody said yes or no in time."""
        over = Q(state=UpdateState.WAITING, expires_at__lte=at)
        return self.filter(over | Q(state=UpdateState.LAPSED))


class BrokerUpdate(models.Model):
    """One save of a broker for one worker, with all that the same broker wrote before and still waits.

    `acts` are the statements' acts, the newest last; that one states every value again, so it alone is confirmed.
    `digest` is what the worker is asked about, as it stood then; the code is bound to it. The wish for work is no
    statement, so `wish` holds it: as it was before, where the broker's stands, or as it was asked, where it waits.
    """

    FLOW = Flow(
        confirm=([UpdateState.WAITING], UpdateState.CONFIRMED),
        deny=([UpdateState.WAITING], UpdateState.DENIED),
        overtake=([UpdateState.WAITING], UpdateState.OVERTAKEN),
        join=([UpdateState.WAITING], UpdateState.JOINED),
        lapse=([UpdateState.WAITING], UpdateState.LAPSED),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=UpdateState.choices, default=UpdateState.WAITING)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="broker_updates", verbose_name=_("农民工"))
    broker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("劳务经纪人"))
    acts = ArrayField(models.BigIntegerField(), verbose_name=_("录入"))
    numbers = ArrayField(models.SmallIntegerField(), verbose_name=_("指标"))
    wish = models.JSONField(_("之前的求职意愿"), encoder=DjangoJSONEncoder, default=dict)
    digest = models.BinaryField(max_length=32)
    code_digest = models.BinaryField(max_length=32, null=True)
    tries = models.PositiveSmallIntegerField(_("试码次数"), default=0)
    made_at = models.DateTimeField(_("更新时间"))
    sent_at = models.DateTimeField(_("短信时间"), null=True, blank=True)
    expires_at = models.DateTimeField(_("确认期限"))
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )

    objects = BrokerUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("劳务经纪人代为更新")
        verbose_name_plural = _("劳务经纪人代为更新")
        indexes = [models.Index(fields=["worker", "-made_at"], name="workers_update_of_worker")]
        constraints = [
            one_of("state", UpdateState, name="workers_update_state", message=_("未知的状态。")),
            models.UniqueConstraint(
                fields=["worker", "broker"],
                condition=Q(state=UpdateState.WAITING),
                name="workers_update_one_waiting",
            ),
            between("tries", 0, TRIES, name="workers_update_tries", message=_("试码次数不对。")),
            together("sent_at", "code_digest", name="workers_update_sent", message=_("发了短信才有验证码。")),
            together("decided_at", "decided_by", name="workers_update_decided", message=_("答复要有人和时间。")),
            set_in(
                [UpdateState.CONFIRMED, UpdateState.DENIED],
                "decided_at",
                name="workers_update_decided_when",
                message=_("答复要有时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
