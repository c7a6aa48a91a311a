"""A complaint on its way: kept until it is submitted, found again by session, account or phone code."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import at_least, one_of
from core.fields import SealedTextField
from core.models import StoredFile

from ..enums import Channel
from ..querysets import DraftQuerySet
from .claim import Claim
from .wage_code import WageCode


class Draft(Claim):
    """Belongs to whoever holds its uuid in the session, to the account, or to the owner of the phone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("账户")
    )
    wage_code = models.ForeignKey(
        WageCode, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("渝薪码")
    )
    owed_lines = models.JSONField(_("逐月明细"), default=list, blank=True)
    # The roster's lines that could not be taken, as they came and with the reason; they name people, so sealed.
    wrong_lines = SealedTextField(_("名单里有错的行"), null=True)
    confidential = models.BooleanField(_("不让单位知道名字"), default=False)
    # Copied by hand and typed on another phone; found by its index only.
    resume_code = SealedTextField(_("接着填的码"), null=True)
    resume_index = models.BinaryField(max_length=32, null=True, editable=False, unique=True)
    # Somebody else types it: an official for a caller or a visitor, a broker for a client.
    channel = models.CharField(_("途径"), max_length=8, choices=Channel.choices, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("录入人")
    )
    client = models.ForeignKey(
        "workers.Worker", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("委托人")
    )
    record = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签字的笔录")
    )
    steps_done = models.JSONField(_("已答的题"), default=list)
    started_at = models.DateTimeField(_("开始时间"))
    touched_at = models.DateTimeField(_("最近填写"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("投诉草稿")
        verbose_name_plural = _("投诉草稿")
        indexes = [models.Index(fields=["touched_at"], name="wages_draft_touched")]
        constraints = [
            at_least("headcount", 1, name="wages_draft_headcount", message=_("人数至少是 1。")),
            one_of("channel", Channel, name="wages_draft_channel", message=_("未知的途径。"), blank=True),
            models.CheckConstraint(
                condition=Q(channel="", entered_by__isnull=True) | (~Q(channel="") & Q(entered_by__isnull=False)),
                name="wages_draft_entered",
                violation_error_message=_("代为录入的要写明途径和录入人。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class DraftFile(models.Model):
    """A picture that was already handed in, so that a later failure does not lose it."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files", verbose_name=_("草稿"))
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    added_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("草稿材料")
        verbose_name_plural = _("草稿材料")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
