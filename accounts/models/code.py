"""Codes sent by SMS, kept only as a digest."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import between, in_order

from ..enums import CODE_TRIES


class PhoneCode(models.Model):
    """One code: good for one phone, one purpose, one browser session, one use, five minutes and five tries.

    The rows are also what the limits count, so they are kept for a while after the code has died.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phone_index = models.BinaryField(max_length=32)
    session_index = models.BinaryField(max_length=32)
    address_index = models.BinaryField(max_length=32, null=True)
    purpose = models.CharField(_("用途"), max_length=40)
    digest = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField(_("发送时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    confirmed_at = models.DateTimeField(_("核验时间"), null=True)

    class Meta:
        verbose_name = _("短信验证码")
        verbose_name_plural = _("短信验证码")
        constraints = [
            between("tries", 0, CODE_TRIES, name="accounts_code_tries", message=_("验证码尝试次数已用完。")),
            in_order("sent_at", "expires_at", name="accounts_code_dates", message=_("失效时间不能早于发送时间。")),
        ]
        indexes = [
            models.Index(fields=["phone_index", "-sent_at"], name="accounts_code_phone"),
            models.Index(fields=["address_index", "-sent_at"], name="accounts_code_address"),
            models.Index(fields=["sent_at"], name="accounts_code_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.sent_at:%Y-%m-%d %H:%M}"
