"""Questions that a text message asked, and what came back."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.fields import SealedTextField

from ..enums import ReplyState


class SmsQuestionQuerySet(models.QuerySet):
    def open(self) -> "SmsQuestionQuerySet":
        return self.filter(closed_at__isnull=True)


class SmsQuestion(models.Model):
    """One question of one matter to one phone; `subject` is the matter's own name for it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phone_index = models.BinaryField(max_length=32)
    kind = models.CharField(_("事项"), max_length=40)
    subject = models.CharField(_("编号"), max_length=64)
    mark = models.CharField(_("短信编号"), max_length=2, blank=True)
    asked_at = models.DateTimeField(_("提问时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    answer = models.CharField(_("答复"), max_length=8, blank=True)

    objects = SmsQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("短信提问")
        verbose_name_plural = _("短信提问")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "phone_index"],
                condition=models.Q(closed_at__isnull=True),
                name="accounts_question_once",
                violation_error_message=_("这件事已经用短信问过了。"),
            ),
            models.UniqueConstraint(
                fields=["phone_index", "mark"],
                condition=models.Q(closed_at__isnull=True) & ~models.Q(mark=""),
                name="accounts_question_mark",
                violation_error_message=_("这个短信编号还在用。"),
            ),
            constraints.in_order(
                "asked_at", "closed_at", name="accounts_question_order", message=_("结束不能早于提问。")
            ),
        ]
        indexes = [
            models.Index(fields=["phone_index", "-asked_at"], name="accounts_question_phone"),
            models.Index(fields=["closed_at"], name="accounts_question_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class SmsReply(models.Model):
    """One message from one phone, sealed. `key_index` keeps a provider's second delivery from being a second reply."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.CharField(_("通道"), max_length=16)
    key_index = models.BinaryField(max_length=32, unique=True)
    phone = SealedTextField(_("手机号"))
    phone_index = models.BinaryField(max_length=32)
    text = SealedTextField(_("内容"))
    said_at = models.DateTimeField(_("发出时间"))
    received_at = models.DateTimeField(_("收到时间"))
    state = models.CharField(_("状态"), max_length=8, choices=ReplyState.choices, default=ReplyState.RECEIVED)
    question = models.ForeignKey(
        SmsQuestion, models.PROTECT, null=True, related_name="replies", verbose_name=_("回复哪一问")
    )
    answer = models.CharField(_("答复"), max_length=8, blank=True)
    handled_at = models.DateTimeField(_("处理时间"), null=True)
    told = models.BooleanField(_("已回短信"), default=False)

    class Meta:
        verbose_name = _("短信回复")
        verbose_name_plural = _("短信回复")
        constraints = [
            constraints.one_of("state", ReplyState, name="accounts_reply_state", message=_("未知的状态。")),
            models.CheckConstraint(
                condition=models.Q(state=ReplyState.RECEIVED) | models.Q(handled_at__isnull=False),
                name="accounts_reply_handled_when",
                violation_error_message=_("处理过的回复必须有处理时间。"),
            ),
            constraints.set_in(
                [ReplyState.ACTED], "question", name="accounts_reply_acted_on", message=_("生效的回复要对应一个提问。")
            ),
        ]
        indexes = [
            models.Index(fields=["phone_index", "-handled_at"], name="accounts_reply_phone"),
            models.Index(fields=["-received_at", "-id"], name="accounts_reply_received"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
