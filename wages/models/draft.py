"""A complaint on its way: kept until it is submitted, found again by session, account or phone code."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import at_least
from core.fields import SealedTextField
from core.models import StoredFile

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
    steps_done = models.JSONField(_("已答的题"), default=list)
    started_at = models.DateTimeField(_("开始时间"))
    touched_at = models.DateTimeField(_("最近填写"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("投诉草稿")
        verbose_name_plural = _("投诉草稿")
        indexes = [models.Index(fields=["touched_at"], name="wages_draft_touched")]
        constraints = [at_least("headcount", 1, name="wages_draft_headcount", message=_("人数至少是 1。"))]

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
