"""A wish to be told on the day when the last missing condition is met."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """Only the day is kept, none of the answers that led to it."""

    worker = models.OneToOneField("workers.Worker", models.CASCADE, related_name="+", verbose_name=_("农民工"))
    due_on = models.DateField(_("提醒日期"))
    asked_at = models.DateTimeField(_("登记时间"))
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("资格提醒")
        verbose_name_plural = _("资格提醒")
        indexes = [
            models.Index(fields=["due_on"], name="housing_reminder_due", condition=models.Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.due_on}"
