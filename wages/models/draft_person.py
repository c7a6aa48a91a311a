"""A group's roster while its complaint is being written."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.fields import SealedTextField

from .draft import Draft


class DraftPerson(models.Model):
    """One good line of the roster; lines that are wrong stay in the draft's `wrong_lines` until they are mended."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="people", verbose_name=_("草稿"))
    name = SealedTextField(_("姓名"))
    id_number = SealedTextField(_("身份证号"))
    id_index = models.BinaryField(max_length=32, editable=False)
    phone = SealedTextField(_("手机号"), null=True)
    phone_index = models.BinaryField(max_length=32, null=True, editable=False)
    months = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("欠薪月份"))
    amount_fen = models.BigIntegerField(_("欠薪金额（分）"))
    representative = models.BooleanField(_("代表"), default=False)

    class Meta:
        verbose_name = _("草稿名单")
        verbose_name_plural = _("草稿名单")
        constraints = [
            constraints.at_least("amount_fen", 1, name="wages_draftperson_amount", message=_("金额应大于 0。")),
            models.UniqueConstraint(
                fields=["draft", "id_index"],
                name="wages_draftperson_once",
                violation_error_message=_("名单里已经有这个人。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
