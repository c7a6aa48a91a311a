"""What must never be false about an application, whoever writes it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import between, differ, one_of, set_in, together

from ..enums import CLOSED, Sex, State, UnitKind, Work

HIGHEST_INCOME_FEN = 1_000_000_00
MOST_MONTHS = 720

_AFTER_FINAL = (State.PUBLICITY, State.WAITING, State.ALLOTTED, State.CONFIRMED, State.LEASED)
_AFTER_PRELIMINARY = (State.FINAL_REVIEW, *_AFTER_FINAL)

APPLICATION_CHECKS = [
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
        "final_division",
        "estate",
        name="housing_application_submitted",
        message=_("提交的申请要有编号、时间、受理区县和意向小区。"),
    ),
    set_in([State.DOCS_DUE], "docs_by", name="housing_application_docs_by", message=_("补材料要有期限。")),
    set_in(
        [State.SUBMITTED, State.PRELIMINARY_REVIEW],
        "complete_at",
        "preliminary_from",
        "preliminary_left",
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
        [State.FINAL_REVIEW],
        "final_from",
        "final_left",
        name="housing_application_final_by",
        message=_("复审要有期限。"),
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
