"""What the files say, one narrow row a person and month: 25 million a year.

The tables are partitioned by month (migration 0002) and have no keys of the database behind them: a month of two
million lines comes at once, and only `files/writing.py` writes them. `person` is the worker's id, or the negative id
of a `Stranger`, so that nobody who is not in the registry has more here than an index of their number.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import between
from employers.models import Project

from ..enums import Teller
from ..querysets import NobodysQuerySet, OfProjectQuerySet
from .file import PayrollFile


class Stranger(models.Model):
    """Somebody in a file whom the registry does not know: found again by the same index once they register."""

    id_index = models.BinaryField(max_length=32, unique=True)

    objects = NobodysQuerySet.as_manager()

    class Meta:
        verbose_name = _("未登记的人")
        verbose_name_plural = _("未登记的人")

    def __str__(self) -> str:
        return f"{self.pk}"


class PayrollLine(models.Model):
    """What one file says that one person was to get and got for a month; several payments of a month are several lines.

    `owed_fen`: what the employer says is due. `agreed_fen`: what the contract yields for the month, 0 where the file
    does not say. `days`: tenths of a day, 0 where unknown. `paid_on` is null where nothing was paid.
    """

    pk = models.CompositePrimaryKey("month", "person", "project", "batch")
    person = models.BigIntegerField(_("人"))
    month = models.DateField(_("月份"))
    paid_on = models.DateField(_("发放日期"), null=True)
    project = models.ForeignKey(Project, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    batch = models.ForeignKey(PayrollFile, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    owed_fen = models.IntegerField(_("应发"))
    paid_fen = models.IntegerField(_("实发"))
    agreed_fen = models.IntegerField(_("按约定应得"))
    days = models.SmallIntegerField(_("出勤（十分之一天）"))
    teller = models.SmallIntegerField(_("谁报的"), choices=Teller.choices)

    objects = NobodysQuerySet.as_manager()

    class Meta:
        verbose_name = _("工资明细")
        verbose_name_plural = _("工资明细")

    def __str__(self) -> str:
        return f"{self.month} {self.project_id}"


class AttendanceLine(models.Model):
    """How many days a person was at a project in a month, by the real-name register of the site."""

    pk = models.CompositePrimaryKey("month", "person", "project", "batch")
    person = models.BigIntegerField(_("人"))
    month = models.DateField(_("月份"))
    project = models.ForeignKey(Project, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    batch = models.ForeignKey(PayrollFile, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    days = models.SmallIntegerField(_("出勤（十分之一天）"))

    objects = NobodysQuerySet.as_manager()

    class Meta:
        verbose_name = _("考勤明细")
        verbose_name_plural = _("考勤明细")

    def __str__(self) -> str:
        return f"{self.month} {self.project_id}"


class Deposit(models.Model):
    """Labour cost that came into the special account for a month, and what was to come."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", verbose_name=_("工程项目"))
    batch = models.ForeignKey(PayrollFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    month = models.DateField(_("月份"))
    due_fen = models.BigIntegerField(_("应拨"))
    paid_fen = models.BigIntegerField(_("到账"))
    paid_on = models.DateField(_("到账日期"), null=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("人工费用拨付")
        verbose_name_plural = _("人工费用拨付")
        indexes = [models.Index(fields=["month", "project"], name="sites_deposits")]
        constraints = [
            between("due_fen", 0, 10**15, name="sites_deposit_due", message=_("金额不合理。")),
            between("paid_fen", 0, 10**15, name="sites_deposit_paid", message=_("金额不合理。")),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.project_id}"
