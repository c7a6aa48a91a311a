"""An application for a public rental flat, from draft to lease."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from core.constraints import between, differ, one_of, set_in, together
from core.models import Division
from core.transitions import Flow

from ..enums import CLOSED, RUNNING, Sex, State, UnitKind, Work
from ..querysets import ApplicationQuerySet
from .estate import Estate

HIGHEST_INCOME_FEN = 1_000_000_00
MOST_MONTHS = 720

_AFTER_PRELIMINARY = (State.FINAL_REVIEW, State.PUBLICITY, State.WAITING, State.ALLOTTED, State.CONFIRMED, State.LEASED)
_AFTER_FINAL = (State.PUBLICITY, State.WAITING, State.ALLOTTED, State.CONFIRMED, State.LEASED)


def _months(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


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
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("受理区县")
    )

    # What the rules said on the day of submission, and which versions of them.
    assessment = models.JSONField(_("资格测算"), default=dict, blank=True)
    rules_version = models.CharField(_("规则版本"), max_length=40, blank=True)

    # Clocks. Each start is kept, so that a changed calendar day can move the end.
    docs_requested_on = models.DateField(_("通知补材料"), null=True, blank=True)
    docs_by = models.DateField(_("补材料期限"), null=True, blank=True)
    complete_on = models.DateField(_("材料齐全"), null=True, blank=True)
    preliminary_by = models.DateField(_("初审期限"), null=True, blank=True)
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

    FLOW = Flow(
        submit=([State.DRAFT], State.SUBMITTED),
        await_documents=([State.SUBMITTED], State.DOCS_DUE),
        complete=([State.DOCS_DUE], State.SUBMITTED),
        take_up=([State.SUBMITTED], State.PRELIMINARY_REVIEW),
        request_documents=([State.PRELIMINARY_REVIEW, State.FINAL_REVIEW], State.DOCS_DUE),
        resume=([State.DOCS_DUE], State.PRELIMINARY_REVIEW),
        pass_preliminary=([State.PRELIMINARY_REVIEW], State.FINAL_REVIEW),
        return_to_preliminary=([State.FINAL_REVIEW], State.PRELIMINARY_REVIEW),
        pass_final=([State.FINAL_REVIEW], State.PUBLICITY),
        recheck=([State.PUBLICITY], State.PRELIMINARY_REVIEW),
        enter_waiting=([State.PUBLICITY], State.WAITING),
        refuse=([State.PRELIMINARY_REVIEW, State.FINAL_REVIEW], State.REFUSED),
        lapse=([State.DOCS_DUE], State.LAPSED),
        withdraw=([*RUNNING, State.WAITING], State.WITHDRAWN),
        allot=([State.WAITING], State.ALLOTTED),
        confirm=([State.ALLOTTED], State.CONFIRMED),
        decline=([State.ALLOTTED], State.DECLINED),
        lease=([State.CONFIRMED], State.LEASED),
        leave=([State.LEASED], State.EXITED),
    )

    class Meta:
        verbose_name = _("公租房申请")
        verbose_name_plural = _("公租房申请")
        constraints = [
            one_of("state", State, name="housing_application_state", message=_("未知的状态。")),
            one_of("work", Work, name="housing_application_work", message=_("请选择工作情况。"), blank=True),
            one_of("sex", Sex, name="housing_application_sex", message=_("请选择性别。"), blank=True),
            one_of("unit_kind", UnitKind, name="housing_application_kind", message=_("没有这种户型。"), blank=True),
            models.UniqueConstraint(
                fields=["worker"],
                condition=~Q(state__in=CLOSED),
                name="housing_application_one_open",
                violation_error_message=_("已经有一份没办完的申请。"),
            ),
            set_in(
                [state for state in State if state != State.DRAFT],
                "number",
                "submitted_at",
                "division",
                "estate",
                name="housing_application_submitted",
                message=_("提交的申请要有编号、时间、受理区县和意向小区。"),
            ),
            set_in([State.DOCS_DUE], "docs_by", name="housing_application_docs_by", message=_("补材料要有期限。")),
            set_in(
                [State.SUBMITTED, State.PRELIMINARY_REVIEW],
                "complete_on",
                "preliminary_by",
                name="housing_application_preliminary_by",
                message=_("初审要有期限。"),
            ),
            set_in(
                _AFTER_PRELIMINARY,
                "preliminary_reviewer",
                "preliminary_passed_at",
                "final_by",
                name="housing_application_preliminary_done",
                message=_("复审之前要有初审人和初审时间。"),
            ),
            set_in(
                _AFTER_FINAL,
                "final_reviewer",
                "final_passed_at",
                "publicity_until",
                name="housing_application_final_done",
                message=_("公示之前要有复审人和复审时间。"),
            ),
            together(
                "preliminary_reviewer",
                "preliminary_passed_at",
                name="housing_application_preliminary_pair",
                message=_("初审人和初审时间要一起填。"),
            ),
            together(
                "final_reviewer",
                "final_passed_at",
                name="housing_application_final_pair",
                message=_("复审人和复审时间要一起填。"),
            ),
            differ(
                "preliminary_reviewer",
                "final_reviewer",
                name="housing_application_maker_is_not_checker",
                message=_("初审和复审不能是同一个人。"),
            ),
            set_in(
                [State.REFUSED],
                "refused_by",
                "refused_at",
                name="housing_application_refused",
                message=_("不予通过要有经办人和时间。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED) | ~(Q(refusal_text="") | Q(refusal_article="")),
                name="housing_application_refused_in_writing",
                violation_error_message=_("不予通过要写明依据条款和理由。"),
            ),
            between(
                "income_fen",
                0,
                HIGHEST_INCOME_FEN,
                name="housing_application_income",
                message=_("收入超出可填的范围。"),
            ),
            between("home_m2", 0, 9999, name="housing_application_home", message=_("面积超出可填的范围。")),
            *(
                between(name, 0, MOST_MONTHS, name=f"housing_application_{name}", message=_("月数超出可填的范围。"))
                for name in ("contract_months", "insurance_months", "fund_months", "residence_months")
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state", "due_on"], name="housing_application_queue"),
            models.Index(fields=["due_on", "id"], name="housing_application_due", condition=Q(state__in=RUNNING)),
        ]

    def __str__(self) -> str:
        return self.number or str(_("草稿"))
