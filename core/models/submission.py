"""Form posts that have already taken effect."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """One rendered form that was posted: a second post of it finds its result here."""

    key = models.CharField(_("提交键"), max_length=43)
    actor = models.CharField(_("提交者"), max_length=80)
    purpose = models.CharField(_("用途"), max_length=64)
    body_digest = models.BinaryField(max_length=32)
    result = models.CharField(_("结果"), max_length=200)
    created_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("已提交表单")
        verbose_name_plural = _("已提交表单")
        constraints = [models.UniqueConstraint(fields=["key", "actor"], name="core_submission_once")]
        indexes = [models.Index(fields=["created_at"], name="core_submission_age")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.result}"
