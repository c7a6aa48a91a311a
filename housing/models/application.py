"""An application for a public rental flat, from draft to lease."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from core.models import Division

from ..enums import Sex, State, UnitKind, Work
from ..flow import APPLICATION_FLOW
from ..querysets import ApplicationQuerySet
from ._application_checks import APPLICATION_CHECKS
from .estate import Estate

_LISTED = ["due_on", "-submitted_at", "-id"]


def _months(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def _division(label: str) -> models.ForeignKey:
    """Without an index of its own: the list's index begins with the one that is looked for."""
    return models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=label
    )


def _official(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class HousingApplication(models.Model):
    """One household's application. What a person declares is null until they have said it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("申请编号"), max_length=16, unique=True, null=True, blank=True)
    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, related_name="housing_applications", verbose_name=_("申请人")
    )
    state = models.CharField(_("状态"), max_length=20, choices=State.choices, default=State.DRAFT)
    started_at = models.DateTimeField(_("开始填写"))
    saved_at = models.DateTimeField(_("最近保存"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    submitted_by = _official(_("代为提交的经纪人"))  # null where the applicant did it in person

    # Who: the applicant as declared; members stand in their own table.
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices, blank=True)
    household_complete = models.BooleanField(_("人员已填完"), default=False)
    # Work
    work = models.CharField(_("工作情况"), max_length=16, choices=Work.choices, blank=True)
    is_student = models.BooleanField(_("在校学生"), null=True, blank=True)
    contract_months = _months(_("劳动合同期限（月）"))
    insurance_months = _months(_("社保连续缴费（月）"))
    fund_months = _months(_("公积金连续缴存（月）"))
    residence_months = _months(_("连续居住（月）"))
    # Income
    income_fen = models.BigIntegerField(_("本人月收入（分）"), null=True, blank=True)
    income_exempt = models.BooleanField(_("引进人才或劳动模范"), default=False)
    # Present home
    home_m2 = models.DecimalField(_("主城住房建筑面积（㎡）"), max_digits=6, decimal_places=1, null=True, blank=True)
    transferred_on = models.DateField(_("最近转让住房"), null=True, blank=True)
    in_public_housing = models.BooleanField(_("住在公房或廉租房"), default=False)
    family_can_help = models.BooleanField(_("父母子女有资助能力"), default=False)
    # Wish
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("意向小区")
    )
    unit_kind = models.CharField(_("户型"), max_length=16, choices=UnitKind.choices, blank=True)
    # Where it is handed in: the applicant's choice among the application points, then the offices that review.
    point = _division(_("申请点所在区"))
    division = _division(_("初审区县"))
    final_division = _division(_("复审机构"))

    # What the rules said on the day of submission, and which versions of them.
    assessment = models.JSONField(_("资格测算"), default=dict, blank=True)
    rules_version = models.CharField(_("规则版本"), max_length=40, blank=True)

    # Clocks. Each start is kept, so that a changed calendar day can move the end. A review that stands still has no
    # start, only the working days that are left.
    docs_requested_at = models.DateTimeField(_("通知补材料"), null=True, blank=True)
    docs_request = models.TextField(_("要补的材料"), max_length=1000, blank=True)
    docs_by = models.DateField(_("补材料期限"), null=True, blank=True)
    complete_at = models.DateTimeField(_("材料首次齐全"), null=True, blank=True)
    preliminary_from = models.DateTimeField(_("初审起算"), null=True, blank=True)
    preliminary_left = models.PositiveSmallIntegerField(_("初审剩余工作日"), null=True, blank=True)
    preliminary_by = models.DateField(_("初审期限"), null=True, blank=True)
    final_from = models.DateTimeField(_("复审起算"), null=True, blank=True)
    final_left = models.PositiveSmallIntegerField(_("复审剩余工作日"), null=True, blank=True)
    final_by = models.DateField(_("复审期限"), null=True, blank=True)
    publicity_until = models.DateField(_("公示截止"), null=True, blank=True)
    due_provisional = models.BooleanField(_("期限暂定"), default=False)
    due_on = models.GeneratedField(
        expression=Case(
            When(state=State.DOCS_DUE, then=F("docs_by")),
            When(state__in=[State.SUBMITTED, State.PRELIMINARY_REVIEW], then=F("preliminary_by")),
            When(state=State.FINAL_REVIEW, then=F("final_by")),
            When(state=State.PUBLICITY, then=F("publicity_until")),
        ),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("期限"),
    )
    warned_percent = models.PositiveSmallIntegerField(_("已提醒到（%）"), default=0)

    # Who decided what, and when.
    taken_up_by = _official(_("受理人"))
    taken_up_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    preliminary_reviewer = _official(_("初审人"))
    preliminary_passed_at = models.DateTimeField(_("初审通过"), null=True, blank=True)
    final_reviewer = _official(_("复审人"))
    final_passed_at = models.DateTimeField(_("复审通过"), null=True, blank=True)
    refused_by = _official(_("不予通过的经办人"))
    refused_at = models.DateTimeField(_("不予通过时间"), null=True, blank=True)
    refusal_rule = models.CharField(_("不符合的条件"), max_length=20, blank=True)
    refusal_article = models.CharField(_("依据条款"), max_length=120, blank=True)
    refusal_text = models.TextField(_("书面理由"), max_length=1000, blank=True)
    waiting_since = models.DateTimeField(_("进入轮候"), null=True, blank=True)
    rounds_missed = models.PositiveSmallIntegerField(_("未选中轮数"), default=0)

    objects = ApplicationQuerySet.as_manager()

    FLOW = APPLICATION_FLOW

    class Meta:
        verbose_name = _("公租房申请")
        verbose_name_plural = _("公租房申请")
        constraints = APPLICATION_CHECKS
        # The officials' list: the most urgent first, then the newest; for the city, for a district, and by state.
        indexes = [
            models.Index(fields=_LISTED, name="housing_application_list", condition=~Q(state=State.DRAFT)),
            models.Index(
                fields=["division", *_LISTED], name="housing_application_local", condition=~Q(state=State.DRAFT)
            ),
            models.Index(fields=["state", *_LISTED], name="housing_application_by_state"),
            models.Index(
                fields=["publicity_until", "id"], name="housing_application_public", condition=Q(state=State.PUBLICITY)
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("草稿"))
