"""One row per person: the 65 indicators as typed columns, with as few indexes as reading needs.

The table is wide and seldom rewritten: who stated a value and when stands in `Provenance`, what job search needs in
`JobIntent`, so a value that is merely confirmed, or a changed wish, leaves this row alone; and what officials choose
people by stands in `WorkerFacets`, so that such a change leaves this table's indexes alone.
`workers/indicators.py` says which indicator lives in which column.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.translation import gettext_lazy as _

from ..facets import NAMES
from ..querysets import WorkerManager, WorkerQuerySet
from ..ranges import RANGES
from .columns import ranged
from .identity import IDENTITY_CHECKS, FamilyColumns, IdentityColumns
from .living import LIVING_CHECKS, InsuranceColumns, LivingColumns
from .work import WORK_CHECKS, EmploymentColumns, SkillColumns, WageColumns

# The sequence is made by the first migration.
NEXT_NUMBER = Func(Value("workers_worker_no_seq"), function="nextval", output_field=models.BigIntegerField())


class Worker(
    IdentityColumns, FamilyColumns, SkillColumns, EmploymentColumns, WageColumns, InsuranceColumns, LivingColumns
):
    """A migrant worker. `worker_no` is the handle for people and addresses; `uuid` only binds ciphertexts.

    A row that was found to be another row's person stays with everything it holds, but out of sight: `objects` leaves
    it out, `everyone` and references to it do not. `merged_into` always names the row that is shown, never a chain.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    worker_no = models.CharField(
        _("编号"),
        max_length=12,
        editable=False,
        db_default=Concat(Value("W"), LPad(Cast(NEXT_NUMBER, models.CharField()), 9, Value("0"))),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="worker", verbose_name=_("账户")
    )
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("联系劳务经纪人"),
    )
    hukou_district = models.GeneratedField(
        expression=Func(models.F("hukou_division"), Value(6), function="LEFT"),
        output_field=models.CharField(_("户籍区县"), max_length=6),
        db_persist=True,
    )
    residence_district = models.GeneratedField(
        expression=Func(models.F("residence_division"), Value(6), function="LEFT"),
        output_field=models.CharField(_("居住区县"), max_length=6),
        db_persist=True,
    )
    created_at = models.DateTimeField(_("登记时间"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("并入")
    )

    objects = WorkerManager()
    everyone = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("农民工")
        verbose_name_plural = _("农民工")
        indexes = [
            models.Index(fields=["mobile_index"], name="workers_by_mobile"),
            models.Index(
                fields=["hukou_division", "name_pinyin"],
                name="workers_by_hukou",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
            models.Index(fields=["residence_division"], name="workers_by_residence", opclasses=["varchar_pattern_ops"]),
            GinIndex(NAMES, name="workers_by_name"),
            models.Index(fields=["merged_into"], name="workers_by_merged_into", condition=Q(merged_into__isnull=False)),
        ]
        constraints = [
            # Not unique=True on the field: that would add a second index for prefix searches nobody makes.
            models.UniqueConstraint(fields=["worker_no"], name="workers_worker_no_once"),
            *IDENTITY_CHECKS,
            *WORK_CHECKS,
            *LIVING_CHECKS,
            *ranged(RANGES),
            models.CheckConstraint(
                condition=Q(worker_no__regex=r"^W\d{9,11}$"),
                name="workers_worker_no_form",
                violation_error_message=_("编号格式不对。"),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="workers_merged_into_another",
                violation_error_message=_("两份登记不能相同。"),
            ),
        ]

    def __str__(self) -> str:
        return self.worker_no
