"""The stub of a receipt: what was submitted, sealed, and our signature over it. Triggers refuse every change."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import SealedTextField

from .case import Case


class Receipt(models.Model):
    """One per complaint that was filed since receipts are signed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="receipt", verbose_name=_("案件"))
    number = models.CharField(_("编号"), max_length=20, unique=True)
    submitted_at = models.DateTimeField(_("提交时间"))
    contents = SealedTextField(_("提交时的内容"))
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    key_id = models.CharField(_("密钥"), max_length=16)
    signature = models.BinaryField(max_length=64)

    class Meta:
        verbose_name = _("回执存根")
        verbose_name_plural = _("回执存根")
        constraints = [
            models.CheckConstraint(
                condition=~Q(key_id=""),
                name="wages_receipt_key",
                violation_error_message=_("签名要有密钥编号。"),
            )
        ]

    def __str__(self) -> str:
        return self.number
