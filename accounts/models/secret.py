"""Secrets of second factors, sealed like every other personal value and so re-sealed by `rotate_keys`."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import SealedTextField


class FactorSecret(models.Model):
    """What allauth would keep in clear: a TOTP key or the seed of recovery codes. allauth holds only the uuid."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    secret = SealedTextField(_("密钥"))
    created_at = models.DateTimeField(_("产生时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("第二因素密钥")
        verbose_name_plural = _("第二因素密钥")

    def __str__(self) -> str:
        return str(self.uuid)
