"""Effects that leave after the commit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """Written in the transaction of its cause, delivered at least once, holding ids and codes only."""

    topic = models.CharField(_("主题"), max_length=64)
    subject_type = models.CharField(_("对象类别"), max_length=64)
    subject_id = models.CharField(_("对象"), max_length=64)
    payload = models.JSONField(_("内容"), default=dict)
    created_at = models.DateTimeField(_("产生时间"))
    due_at = models.DateTimeField(_("应送时间"))
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    last_error = models.TextField(_("最近错误"), blank=True)
    done_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = _("待发消息")
        verbose_name_plural = _("待发消息")
        indexes = [
            models.Index(fields=["due_at", "id"], name="core_outbox_due", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["done_at"], name="core_outbox_done"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_type}:{self.subject_id}"
