"""Browsers a person has signed in from and proved to be theirs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KnownDevice(models.Model):
    """A browser recognised by a random cookie, of which only a digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices", verbose_name=_("账户"))
    digest = models.BinaryField(max_length=32)
    first_seen_at = models.DateTimeField(_("首次登录"))
    last_seen_at = models.DateTimeField(_("最近登录"))

    class Meta:
        verbose_name = _("常用设备")
        verbose_name_plural = _("常用设备")
        constraints = [models.UniqueConstraint(fields=["digest", "user"], name="accounts_device_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_seen_at:%Y-%m-%d}"
