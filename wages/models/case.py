"""A complaint (投诉) or report (举报) about unpaid wages, from submission to its end."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, Value, When
from django.db.models.functions import Coalesce, Left, NullIf
from django.utils.translation import gettext_lazy as _

from core import constraints
from employers.models import Employer, Project

from ..deadlines import Clock
from ..enums import (
    ASIDE,
    CLOSED,
    OPEN,
    TO_BE_ACCEPTED,
    UNDER_WAY,
    CaseState,
    Contract,
    FieldType,
    Kind,
    Level,
    OtherRoute,
    Sex,
)
from ..flow import CASE_FLOW
from ..querysets import BY_DEADLINE, CaseQuerySet
from .claim import Claim
from .wage_code import WageCode


def _official(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


def _running(accept: str, close: str, output: models.Field) -> models.GeneratedField:
    """The value that belongs to the clock running in this state; none while it is stopped or over."""
    return models.GeneratedField(
        expression=Choose(
            When(state__in=list(TO_BE_ACCEPTED), then=F(accept)),
            When(state__in=list(UNDER_WAY), then=F(close)),
            default=None,
        ),
        output_field=output,
        db_persist=True,
    )


# The officials' list in its order, for the city and for a district, with what its filters ask for: a page far behind is
# found without touching the table. Rare states, one person's cases and those of nobody have their own.
_FILTERED = ["closed_at", "kind", "field_type"]
_DESK = [
    models.Index(*BY_DEADLINE, name="wages_case_desk", include=_FILTERED),
    models.Index("district", *BY_DEADLINE, name="wages_case_desk_district", include=_FILTERED),
    models.Index("state", *BY_DEADLINE, name="wages_case_desk_state"),
    models.Index("assignee", *BY_DEADLINE, name="wages_case_desk_handler"),
    models.Index("outside", *BY_DEADLINE, name="wages_case_desk_outside", condition=Q(outside__isnull=False)),
    models.Index(
        *BY_DEADLINE, name="wages_case_desk_untaken", condition=Q(closed_at__isnull=True, assignee__isnull=True)
    ),
]


class Case(Claim):
    """One matter for one office. A deadline is a column; overdue is a `WHERE`."""

    FLOW = CASE_FLOW

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("编号"), max_length=20, unique=True)
    state = models.CharField(_("状态"), max_length=24, choices=CaseState.choices, default=CaseState.SUBMITTED)

    wage_code = models.ForeignKey(
        WageCode, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("渝薪码")
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="wage_cases", verbose_name=_("用人单位")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="wage_cases", verbose_name=_("工程项目")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("账户")
    )
    worker = models.ForeignKey(
        "workers.Worker", models.PROTECT, null=True, blank=True, related_name="wage_cases", verbose_name=_("农民工")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # `wages_case_desk_handler` begins with it
        related_name="wage_cases",
        verbose_name=_("承办人"),
    )

    submitted_at = models.DateTimeField(_("提交时间"))
    accept_from = models.DateField(_("受理期限起算日"))
    accept_workdays = models.PositiveSmallIntegerField(_("受理期限（工作日）"))
    accept_by = models.DateField(_("最迟受理日"))
    accept_warn_on = models.DateField(_("受理预警日"))
    accept_provisional = models.BooleanField(_("受理期限暂定"), default=False)
    supplement_asked_at = models.DateTimeField(_("要求补正时间"), null=True, blank=True)

    accepted_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    accepted_by = _official(_("受理人"))
    close_from = models.DateField(_("办理期限起算日"), null=True, blank=True)
    close_workdays = models.PositiveSmallIntegerField(_("办理期限（工作日）"), null=True, blank=True)
    close_by = models.DateField(_("最迟办结日"), null=True, blank=True)
    close_warn_on = models.DateField(_("办结预警日"), null=True, blank=True)
    close_provisional = models.BooleanField(_("办理期限暂定"), default=False)
    extended_at = models.DateTimeField(_("批准延长时间"), null=True, blank=True)

    second_inspector = _official(_("另一名监察员"))
    order_number = models.CharField(_("指令书编号"), max_length=40, blank=True)
    pay_by = models.DateField(_("限期支付日"), null=True, blank=True)
    paid_at = models.DateTimeField(_("全部付清登记时间"), null=True, blank=True)
    # One of the city's own offices outside helps with it; the district stays in charge, see `services.outside`.
    outside = models.ForeignKey(
        "places.Place",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # `wages_case_desk_outside` begins with it
        related_name="+",
        verbose_name=_("协助的市外办事处"),
    )
    transfer_target = models.CharField(_("转送部门"), max_length=100, blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    # Sums over the case's people, kept by `services.totals`; `amount_fen` and `headcount` stay what was filed.
    people_now = models.PositiveIntegerField(_("现有人数"), default=1)
    claimed_now_fen = models.BigIntegerField(_("现主张金额（分）"), default=0)
    verified_now_fen = models.BigIntegerField(_("核实金额（分）"), null=True, blank=True)
    paid_now_fen = models.BigIntegerField(_("个人已付合计（分）"), default=0)
    owed_now_fen = models.BigIntegerField(_("个人还欠合计（分）"), default=0)

    # Payments of living claims whose people have not answered yet; kept by `services._money`.
    unanswered_now = models.PositiveIntegerField(_("等本人确认的付款"), default=0)
    level = models.CharField(_("办理层级"), max_length=8, choices=Level.choices, default=Level.DISTRICT)

    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name=_("并入")
    )
    joined_at = models.DateTimeField(_("并入时间"), null=True, blank=True)
    state_before_joining = models.CharField(_("并入前的状态"), max_length=24, blank=True)

    # Whose desk it lies on where a routing rule sent it elsewhere than to the place's own office.
    office = models.CharField(_("承办机构"), max_length=6, blank=True, default="")
    # The office's own column: an index can lead with it, and with the beginning of `division` it cannot.
    district = models.GeneratedField(
        expression=Coalesce(NullIf("office", Value("")), Left("division", 6)),
        output_field=models.CharField(_("区县"), max_length=6),
        db_persist=True,
    )
    due_on = _running("accept_by", "close_by", models.DateField(_("期限"), null=True))
    warn_on = _running("accept_warn_on", "close_warn_on", models.DateField(_("预警日"), null=True))

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("欠薪案件")
        verbose_name_plural = _("欠薪案件")
        indexes = [
            *_DESK,
            models.Index(fields=["submitted_at"], name="wages_case_submitted"),
            models.Index(fields=["closed_at"], name="wages_case_closed"),
            models.Index(
                fields=["employer_name", "district"],
                name="wages_case_by_name",
                condition=Q(closed_at__isnull=True, employer__isnull=True),
            ),
        ]
        constraints = [
            constraints.one_of("state", CaseState, name="wages_case_state", message=_("未知的状态。")),
            constraints.one_of("level", Level, name="wages_case_level", message=_("未知的层级。")),
            models.CheckConstraint(
                condition=~Q(state=CaseState.SETTLED) | Q(unanswered_now=0),
                name="wages_case_settled_by_its_people",
                violation_error_message=_("还有人没有确认收到钱，不能付清办结。"),
            ),
            constraints.one_of("kind", Kind, name="wages_case_kind", message=_("未知的类别。")),
            constraints.one_of("field_type", FieldType, name="wages_case_field", message=_("请选择领域。")),
            constraints.one_of("contract", Contract, name="wages_case_contract", message=_("未知的选项。"), blank=True),
            constraints.one_of("other_route", OtherRoute, name="wages_case_route", message=_("未知的选项。")),
            constraints.one_of("sex", Sex, name="wages_case_sex", message=_("未知的性别。"), blank=True),
            constraints.at_least("headcount", 1, name="wages_case_headcount", message=_("人数至少是 1。")),
            constraints.at_least("amount_fen", 0, name="wages_case_amount", message=_("金额不能是负数。")),
            constraints.in_order("work_from", "work_to", name="wages_case_work", message=_("干活的起止月份颠倒了。")),
            constraints.together(
                "accepted_at",
                "accepted_by",
                "close_from",
                "close_workdays",
                "close_by",
                "close_warn_on",
                name="wages_case_accepted_together",
                message=_("受理要有受理人、时间和办理期限。"),
            ),
            constraints.set_in(
                [*UNDER_WAY, CaseState.SETTLED, CaseState.UNFOUNDED, CaseState.PROJECT_DISPUTE, CaseState.REVOKED],
                "accepted_at",
                name="wages_case_accepted",
                message=_("办理中的案件必须先受理。"),
            ),
            constraints.set_in(
                [CaseState.ORDERED, CaseState.POLICE],
                "pay_by",
                name="wages_case_ordered",
                message=_("责令支付要写明限期。"),
            ),
            constraints.set_in(
                [CaseState.PAID, CaseState.SETTLED],
                "paid_at",
                name="wages_case_paid",
                message=_("已支付的案件要有支付时间。"),
            ),
            constraints.set_in(
                [*CLOSED, *ASIDE], "closed_at", name="wages_case_closed", message=_("结束的案件要有结束时间。")
            ),
            constraints.together("joined_to", "joined_at", name="wages_case_joined_when", message=_("并案要有时间。")),
            models.CheckConstraint(
                condition=Q(state=CaseState.JOINED, joined_to__isnull=False)
                | ~Q(state=CaseState.JOINED) & Q(joined_to__isnull=True),
                name="wages_case_joined",
                violation_error_message=_("并入的案件要写明并到哪一起。"),
            ),
            constraints.differ("joined_to", "id", name="wages_case_not_into_itself", message=_("不能并入自己。")),
            models.CheckConstraint(
                condition=~Q(state__in=list(OPEN)) | Q(closed_at__isnull=True),
                name="wages_case_open_has_no_end",
                violation_error_message=_("在办的案件不能有结束时间。"),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.REPORT) | Q(name__isnull=False),
                name="wages_case_complaint_has_a_name",
                violation_error_message=_("投诉要写姓名；不愿意留姓名可以举报。"),
            ),
            models.CheckConstraint(
                condition=Q(division__regex=r"^50\d{4}(\d{3}(\d{3})?)?$"),
                name="wages_case_division",
                violation_error_message=_("用工地应在重庆市。"),
            ),
            models.CheckConstraint(
                condition=Q(office="") | Q(office__regex=r"^50\d{4}$"),
                name="wages_case_office",
                violation_error_message=_("承办机构应在重庆市。"),
            ),
            constraints.differ(
                "assignee",
                "second_inspector",
                name="wages_case_two_inspectors",
                message=_("两名监察员不能是同一个人。"),
            ),
            constraints.in_order(
                "submitted_at", "accepted_at", name="wages_case_accept_order", message=_("受理不能早于提交。")
            ),
            constraints.in_order(
                "submitted_at", "closed_at", name="wages_case_close_order", message=_("结束不能早于提交。")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def place(self) -> str:
        """The project or place that people know it by, else the employer."""
        return self.site_name or self.employer_name

    @property
    def seat(self) -> str:
        """The division of the office that has it: what is asked when somebody wants to decide."""
        return self.office or self.division

    @property
    def running(self) -> Clock | None:
        """The clock behind `due_on`; none while it is stopped or over."""
        if self.due_on is None:
            return None
        if self.state in TO_BE_ACCEPTED:
            return Clock(self.accept_from, self.accept_workdays)
        return Clock(self.close_from, self.close_workdays)

    @property
    def due_provisional(self) -> bool:
        """Whether the running deadline may still move, because the calendar does not cover it yet."""
        return self.accept_provisional if self.state in TO_BE_ACCEPTED else self.close_provisional
