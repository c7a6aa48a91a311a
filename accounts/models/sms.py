"""Text messages and what became of them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of
from core.fields import SealedTextField

from ..enums import SmsState


class SmsMessage(models.Model):
    """One message to one phone. Number and text rest sealed; an official sees that it failed, not what it said."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phone = SealedTextField(_("手机号"))
    phone_index = models.BinaryField(max_length=32)
    text = SealedTextField(_("内容"))
    event = models.CharField(_("事项"), max_length=64)
    ref = models.CharField(_("编号"), max_length=64)
    state = models.CharField(_("状态"), max_length=8, choices=SmsState.choices, default=SmsState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    provider_id = models.CharField(_("通道回执"), max_length=64, blank=True)
    error = models.CharField(_("失败原因"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("产生时间"))
    # A code that arrives after it expired only confuses; notices have no such limit.
    worthless_at = models.DateTimeField(_("过时时间"), null=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True)

    class Meta:
        verbose_name = _("短信")
        verbose_name_plural = _("短信")
        constraints = [
            one_of("state", SmsState, name="accounts_sms_state", message=_("未知的短信状态。")),
            models.CheckConstraint(
                condition=~models.Q(state=SmsState.SENT) | models.Q(sent_at__isnull=False),
                name="accounts_sms_sent_when",
                violation_error_message=_("已发送的短信必须有发出时间。"),
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="accounts_sms_created"),
            models.Index(fields=["ref", "event"], name="accounts_sms_about"),
            models.Index(fields=["-created_at"], name="accounts_sms_failed", condition=models.Q(state=SmsState.FAILED)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.ref}"


class SmsDay(models.Model):
    """How many messages one day has cost so far; `accounts.sms.budget` counts."""

    day = models.DateField(_("日期"), primary_key=True)
    codes = models.PositiveIntegerField(_("验证码"), default=0)
    notices = models.PositiveIntegerField(_("通知"), default=0)

    class Meta:
        verbose_name = _("每日短信用量")
        verbose_name_plural = _("每日短信用量")

    def __str__(self) -> str:
        return f"{self.day}"
