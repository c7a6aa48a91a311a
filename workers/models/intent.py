"""Indicator 60: what work somebody looks for, on a narrow table of its own that candidate search reads alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import one_of

from ..code_lists import PayUnit, SkillLevel, Trade
from ..querysets import JobIntentQuerySet
from . import columns as c
from .worker import Worker


class JobIntent(models.Model):
    """A worker's wish for work, with copies of the few facts that ranking weighs.

    `home_district` is where the worker is looked after (residence inside the city, else registered residence);
    it and `skill_level` are copied by `workers.services`. Sex, ethnic group and family are not here on purpose.
    """

    worker = models.OneToOneField(
        Worker, models.CASCADE, primary_key=True, related_name="intent", verbose_name=_("农民工")
    )
    wants_job = models.BooleanField(_("正在找工作"), default=True)
    recommendable = models.BooleanField(_("同意被推荐"), default=False)
    home_district = models.CharField(_("所属区县"), max_length=6, blank=True, default="")
    trade = models.CharField(_("想做的工种"), max_length=20, choices=Trade.choices, blank=True, default="")
    other_trades = ArrayField(
        models.CharField(max_length=20, choices=Trade.choices), verbose_name=_("也会的工种"), blank=True, default=list
    )
    skill_level = models.CharField(_("技能等级"), max_length=1, choices=SkillLevel.choices, blank=True, default="")
    experience_months = models.PositiveSmallIntegerField(_("从业月数"), null=True, blank=True)
    anywhere = models.BooleanField(_("哪里都可以"), default=False)
    wanted_district = models.CharField(_("想去的地方"), max_length=6, blank=True, default="")
    min_pay_fen = models.BigIntegerField(_("最低工资"), null=True, blank=True)
    pay_unit = models.CharField(_("工资单位"), max_length=5, choices=PayUnit.choices, default=PayUnit.MONTH)
    available_on = models.DateField(_("最早到岗"), null=True, blank=True)
    verified_on = models.DateField(_("最近核实"), null=True, blank=True)

    objects = JobIntentQuerySet.as_manager()

    class Meta:
        verbose_name = _("求职意愿")
        verbose_name_plural = _("求职意愿")
        indexes = [
            models.Index(
                fields=["home_district", "trade"],
                name="workers_intent_matching",
                condition=Q(wants_job=True, recommendable=True),
            )
        ]
        constraints = [
            one_of("trade", Trade, name="workers_intent_trade", message=_("未知的工种。"), blank=True),
            one_of("skill_level", SkillLevel, name="workers_intent_skill", message=_("未知的等级。"), blank=True),
            one_of("pay_unit", PayUnit, name="workers_intent_unit", message=_("未知的工资单位。")),
            models.CheckConstraint(
                condition=Q(other_trades__contained_by=list(Trade.values)),
                name="workers_intent_other_trades",
                violation_error_message=_("未知的工种。"),
            ),
            models.CheckConstraint(
                condition=Q(wanted_district="") | Q(wanted_district__regex=r"^(\d{2}|\d{6})$"),
                name="workers_intent_wanted_form",
                violation_error_message=_("想去的地方应为省或区县代码。"),
            ),
            models.CheckConstraint(
                condition=Q(home_district="") | Q(home_district__regex=c.DIVISION_FORM),
                name="workers_intent_home_form",
                violation_error_message=_("所属区县代码不对。"),
            ),
            models.CheckConstraint(
                condition=Q(min_pay_fen__gte=0, min_pay_fen__lte=1_000_000_00),
                name="workers_intent_pay_range",
                violation_error_message=_("最低工资超出范围。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}"
