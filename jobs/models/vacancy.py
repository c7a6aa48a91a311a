"""A vacancy with the six things a job notice must state (人力资源市场暂行条例 art. 24)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from core.constraints import at_least, between, differ, in_order, one_of, set_in, together
from core.models import Division
from core.search import search_column
from core.transitions import Flow
from employers.models import Employer
from workers.code_lists import PayUnit, SkillLevel, Trade

from ..enums import (
    DAYS_PER_MONTH,
    HEADCOUNT_AT_MOST,
    HOURS_PER_DAY,
    IN_THE_CITY,
    TAKES_HIRES,
    Benefit,
    PayCycle,
    VacancyState,
)
from ..querysets import VacancyQuerySet

S = VacancyState
_LISTED = Q(state=S.PUBLISHED)
_MONTHLY_PAY = Case(
    When(pay_unit=PayUnit.MONTH, then=F("pay_max_fen")),
    When(pay_unit=PayUnit.DAY, then=F("pay_max_fen") * DAYS_PER_MONTH),
    When(pay_unit=PayUnit.HOUR, then=F("pay_max_fen") * DAYS_PER_MONTH * HOURS_PER_DAY),
)


class Vacancy(models.Model):
    """A job. A broker registers it, an official publishes it, a public servant confirms who was hired."""

    FLOW = Flow(
        submit=([S.DRAFT, S.REFUSED], S.PENDING),
        publish=([S.PENDING], S.PUBLISHED),
        refuse=([S.PENDING], S.REFUSED),
        refresh=([S.PUBLISHED], S.PUBLISHED),
        fill=(TAKES_HIRES, S.FILLED),
        reopen=([S.FILLED], S.PUBLISHED),
        close=([S.DRAFT, S.PENDING, S.REFUSED, S.PUBLISHED, S.EXPIRED], S.CLOSED),
        expire=([S.PUBLISHED], S.EXPIRED),
    )

    # 单位基本情况 (1 of the six)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="vacancies", verbose_name=_("用人单位"))
    employer_profile = models.TextField(_("单位基本情况"), max_length=500)
    title = models.CharField(_("岗位名称"), max_length=40)
    trade = models.CharField(_("工种"), max_length=20, choices=Trade.choices)
    # 招聘人数 (2)
    headcount = models.PositiveIntegerField(_("招聘人数"))
    filled_count = models.PositiveIntegerField(_("已录用"), default=0, editable=False)
    # 招聘条件 (3)
    requirements = models.TextField(_("招聘条件"), max_length=500)
    skill_level = models.CharField(_("要求的技能等级"), max_length=1, choices=SkillLevel.choices, blank=True)
    # 工作内容 (4)
    duties = models.TextField(_("工作内容"), max_length=1000)
    starts_on = models.DateField(_("到岗日期"), null=True, blank=True)
    # 工作地点 (5)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("工作地点"))
    district = models.GeneratedField(
        expression=Left(F("division"), 6), output_field=models.CharField(max_length=6), db_persist=True
    )
    address = models.CharField(_("详细地址"), max_length=80)
    # 基本劳动报酬 (6)
    pay_min_fen = models.BigIntegerField(_("最低工资（分）"))
    pay_max_fen = models.BigIntegerField(_("最高工资（分）"))
    pay_unit = models.CharField(_("计薪单位"), max_length=8, choices=PayUnit.choices, default=PayUnit.MONTH)
    # What the job may bring in a full month, to filter and compare by; unknown for piece work.
    pay_month_fen = models.GeneratedField(
        expression=_MONTHLY_PAY, output_field=models.BigIntegerField(null=True), db_persist=True
    )
    pay_cycle = models.CharField(_("结算周期"), max_length=8, choices=PayCycle.choices, default=PayCycle.MONTH)
    pay_day = models.PositiveSmallIntegerField(_("每月发薪日"), null=True, blank=True)
    benefits = ArrayField(
        models.CharField(max_length=16, choices=Benefit.choices), verbose_name=_("待遇"), default=list, blank=True
    )

    state = models.CharField(_("状态"), max_length=12, choices=S.choices, default=S.DRAFT)
    # What waits to be checked stands before the rest in the officials' list, whatever index is read.
    queue = models.GeneratedField(
        expression=Case(When(state=S.PENDING, then=0), default=1),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    created_at = models.DateTimeField(_("登记时间"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="registered_vacancies",
        db_index=False,  # jobs_vacancy_keeper begins with it
        verbose_name=_("登记人"),
    )
    checked_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    refusal_reason = models.CharField(_("未通过原因"), max_length=300, blank=True)
    refreshed_at = models.DateTimeField(_("更新时间"))
    expires_on = models.DateField(_("招聘截止"))
    keywords = models.CharField(_("检索词"), max_length=200, editable=False, default="")
    search = search_column("title", "keywords", "duties")

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        indexes = [
            models.Index(fields=["-refreshed_at", "-id"], name="jobs_vacancy_fresh", condition=_LISTED),
            models.Index(fields=["district", "-refreshed_at", "-id"], name="jobs_vacancy_district", condition=_LISTED),
            models.Index(fields=["trade", "-refreshed_at", "-id"], name="jobs_vacancy_trade", condition=_LISTED),
            models.Index(
                fields=["district", "trade", "-refreshed_at", "-id"],
                name="jobs_vacancy_district_trade",
                condition=_LISTED,
            ),
            models.Index(fields=["expires_on"], name="jobs_vacancy_expiry", condition=_LISTED),
            models.Index(fields=["queue", "created_at", "id"], name="jobs_vacancy_queue"),
            models.Index(fields=["district", "queue", "created_at", "id"], name="jobs_vacancy_dist_queue"),
            models.Index(fields=["state", "created_at", "id"], name="jobs_vacancy_by_state"),
            models.Index(fields=["district", "state", "created_at", "id"], name="jobs_vacancy_dist_state"),
            models.Index(fields=["registered_by", "-created_at"], name="jobs_vacancy_keeper"),
            models.Index(fields=["title"], name="jobs_vacancy_title", opclasses=["varchar_pattern_ops"]),
            GinIndex(fields=["search"], name="jobs_vacancy_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(district__regex=IN_THE_CITY),
                name="jobs_vacancy_in_the_city",
                violation_error_message=_("工作地点应在重庆市内。"),
            ),
            one_of("state", S, name="jobs_vacancy_state", message=_("未知的岗位状态。")),
            one_of("trade", Trade, name="jobs_vacancy_trade_known", message=_("未知的工种。")),
            one_of("pay_unit", PayUnit, name="jobs_vacancy_pay_unit", message=_("未知的计薪单位。")),
            one_of("pay_cycle", PayCycle, name="jobs_vacancy_pay_cycle", message=_("未知的结算周期。")),
            between("headcount", 1, HEADCOUNT_AT_MOST, name="jobs_vacancy_headcount", message=_("招聘人数超出范围。")),
            in_order("filled_count", "headcount", name="jobs_vacancy_not_overfilled", message=_("这个岗位已招满。")),
            at_least("pay_min_fen", 1, name="jobs_vacancy_paid", message=_("必须写明基本劳动报酬。")),
            in_order(
                "pay_min_fen", "pay_max_fen", name="jobs_vacancy_pay_in_order", message=_("最高工资不能低于最低工资。")
            ),
            between("pay_day", 1, 31, name="jobs_vacancy_pay_day", message=_("发薪日应为 1 到 31 日。")),
            models.CheckConstraint(
                condition=~Q(pay_cycle=PayCycle.MONTH) | Q(pay_day__isnull=False),
                name="jobs_vacancy_monthly_pay_has_a_day",
                violation_error_message=_("月结必须写明每月哪一天发薪。"),
            ),
            together(
                "checked_at", "checked_by", name="jobs_vacancy_checked", message=_("审核人与审核时间应同时填写。")
            ),
            set_in(
                [S.PUBLISHED, S.FILLED, S.EXPIRED, S.REFUSED],
                "checked_by",
                name="jobs_vacancy_published_was_checked",
                message=_("未经审核不能发布。"),
            ),
            differ(
                "registered_by", "checked_by", name="jobs_vacancy_four_eyes", message=_("登记人不能审核自己的岗位。")
            ),
            models.CheckConstraint(
                condition=~Q(state=S.REFUSED) | ~Q(refusal_reason=""),
                name="jobs_vacancy_refused_with_reason",
                violation_error_message=_("不通过必须写明原因。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=S.FILLED) | Q(filled_count=F("headcount")),
                name="jobs_vacancy_filled_is_full",
                violation_error_message=_("还没有招满。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def places_left(self) -> int:
        return self.headcount - self.filled_count
