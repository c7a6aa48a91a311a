"""The clocks that run beside the two of a case itself, and what was told about any clock, when and to whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import constraints

from ..deadlines import Clock, Unit
from ..enums import Rung
from ..terms import ClockKind
from .case import Case
from .case_parts import Document

UNITS = [(Unit.WORKDAYS.value, _("工作日")), (Unit.DAYS.value, _("日")), (Unit.MONTHS.value, _("个月"))]


class CaseClock(models.Model):
    """One term of law that runs or ran for a case. The calendar moves it while it has no end, and never afterwards."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", verbose_name=_("案件"))
    kind = models.CharField(_("期限"), max_length=16, choices=ClockKind.choices)
    document = models.ForeignKey(
        Document, models.CASCADE, null=True, blank=True, related_name="clocks", verbose_name=_("文书")
    )
    start = models.DateField(_("起算日"))
    length = models.PositiveSmallIntegerField(_("长度"))
    unit = models.CharField(_("单位"), max_length=8, choices=UNITS)
    due_on = models.DateField(_("最后一天"))
    warn_on = models.DateField(_("提醒日"))
    provisional = models.BooleanField(_("暂定"), default=False)
    rule = models.CharField(_("所用参数"), max_length=160, blank=True)
    ended_on = models.DateField(_("办到的日子"), null=True, blank=True)

    class Meta:
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        indexes = [
            models.Index(fields=["warn_on"], name="wages_clock_running", condition=Q(ended_on__isnull=True)),
        ]
        constraints = [
            constraints.one_of("kind", ClockKind, name="wages_clock_kind", message=_("未知的期限。")),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(ended_on__isnull=True, document__isnull=True),
                name="wages_clock_one_running",
            ),
            models.UniqueConstraint(
                fields=["document", "kind"], condition=Q(document__isnull=False), name="wages_clock_one_per_document"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("warn_on")), name="wages_clock_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def clock(self) -> Clock:
        return Clock(self.start, self.length, Unit(self.unit))


class Alarm(models.Model):
    """That somebody was told about a clock: which day it ran to, how far it was, when, and who heard of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="alarms", verbose_name=_("案件"))
    clock = models.CharField(_("期限"), max_length=16, choices=ClockKind.choices)
    due_on = models.DateField(_("当时的最后一天"))
    rung = models.PositiveSmallIntegerField(_("级别"), choices=Rung.choices)
    percent = models.PositiveSmallIntegerField(_("期限用到（%）"))
    at = models.DateTimeField(_("时间"))
    told = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("告知"))

    class Meta:
        verbose_name = _("期限提醒")
        verbose_name_plural = _("期限提醒")
        constraints = [
            constraints.one_of("clock", ClockKind, name="wages_alarm_clock", message=_("未知的期限。")),
            # A deadline that moved is another deadline, so people hear of it anew.
            models.UniqueConstraint(fields=["case", "clock", "due_on", "rung"], name="wages_alarm_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_clock_display()} {self.due_on} {self.percent}%"
