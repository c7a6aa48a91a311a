"""Failed and used-up attempts, counted where every process sees them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """One wrong password, wrong TOTP code, wrong identity check, or one TOTP code that was used."""

    class Kind(models.TextChoices):
        PASSWORD = "password", _("密码错误")
        PASSWORD_NAME = "password_name", _("密码错误（按用户名）")
        TOTP = "totp", _("动态码错误")
        TOTP_USED = "totp_used", _("动态码已用")
        IDENTITY = "identity", _("身份核对不符")

    kind = models.CharField(_("类别"), max_length=16, choices=Kind.choices)
    key = models.BinaryField(max_length=32)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("登录失败记录")
        verbose_name_plural = _("登录失败记录")
        indexes = [
            models.Index(fields=["kind", "key", "-at"], name="accounts_attempt_count"),
            models.Index(fields=["at"], name="accounts_attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
