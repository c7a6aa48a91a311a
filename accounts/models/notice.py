"""What people are told inside the portal."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        """A person's own notices, and those sent to their number before they had an account."""
        if not user.is_authenticated:
            return self.none()
        own = models.Q(user=user)
        if user.phone_index and user.phone_verified_at:
            own |= models.Q(user__isnull=True, phone_index=user.phone_index)
        return self.filter(own)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence about one event of one matter, for one person; sent once however often it is asked for."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices", verbose_name=_("收件人")
    )
    phone_index = models.BinaryField(max_length=32, null=True)
    event = models.CharField(_("事项"), max_length=64)
    ref = models.CharField(_("编号"), max_length=64)
    text = models.CharField(_("内容"), max_length=300)
    url = models.CharField(_("链接"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读时间"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event", "ref"], name="accounts_notice_once", condition=models.Q(user__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["phone_index", "event", "ref"],
                name="accounts_notice_once_per_phone",
                condition=models.Q(user__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(phone_index__isnull=False),
                name="accounts_notice_has_recipient",
                violation_error_message=_("通知必须有收件人。"),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="accounts_notice_list"),
            models.Index(fields=["user"], name="accounts_notice_unread", condition=models.Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.ref}"
