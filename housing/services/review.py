"""What officials decide: take up, ask for papers, pass in two stages by two people, refuse in writing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.calendar import local_day
from core.errors import refuse_unless, require

from .. import policies
from ..deadlines import DOCUMENTS, FINAL, PRELIMINARY, PUBLICITY
from ..enums import DocumentState, Rule, State
from ..models import Document, HousingApplication
from ..policy import rules_on
from ._steps import forget, fresh, go_on, start, starts_over, step, stop

NOT_YOURS = gettext_lazy("这份申请不归你管辖，不能办理。")
NOT_FINAL_OFFICE = gettext_lazy("这份申请的复审由市住房保障机构办理。")
SAME_PERSON = gettext_lazy("初审是你办的，复审要由另一个人办理。")
RULE_PARAMETERS = {
    Rule.AGE: "min_age",
    Rule.STUDENT: "students_may_apply",
    Rule.HOME: "home_m2_per_head",
    Rule.TRANSFER: "transfer_years",
    Rule.PUBLIC_HOUSING: "public_housing_bars",
    Rule.FAMILY: "family_support_bars",
    Rule.INCOME: "income_ceiling",
}


def _taken(application: HousingApplication, verb: str, by: User) -> HousingApplication:
    """The row as it is now, held; its office and, in the final review, a second pair of eyes decide."""
    application = fresh(application)
    require(policies.may_review(by, application), NOT_YOURS)
    if application.state == State.FINAL_REVIEW and application.FLOW.allows(verb, application.state):
        require(policies.is_final_office(by, application), NOT_FINAL_OFFICE)
        require(policies.may_check(by, application), SAME_PERSON)
    return application


def _preliminary_undone(application: HousingApplication, at: datetime) -> dict[str, Any]:
    """Nobody has passed it any more; both reviews stand still."""
    return {
        "preliminary_reviewer": None,
        "preliminary_passed_at": None,
        **stop(application, PRELIMINARY, at),
        **stop(application, FINAL, at),
    }


@transaction.atomic
def take_up(application: HousingApplication, *, by: User, at: datetime, reason: str = "") -> HousingApplication:
    """Begin the preliminary review; its clock has been running since the papers were complete."""
    application = _taken(application, "take_up", by)
    return step(application, "take_up", by=by, at=at, reason=reason, taken_up_by=by, taken_up_at=at)


@transaction.atomic
def request_documents(
    application: HousingApplication, *, text: str, rejected: Iterable[int] = (), by: User, at: datetime
) -> HousingApplication:
    """Ask for papers; those in `rejected` (document ids) must be handed in again. The reviews stand still meanwhile."""
    application = _taken(application, "request_documents", by)
    refuse_unless(bool(text.strip()), _("请写明要补什么。"), field="text")
    Document.objects.filter(application=application, pk__in=list(rejected)).update(
        state=DocumentState.REJECTED, remark=text[:200]
    )
    return step(
        application,
        "request_documents",
        by=by,
        at=at,
        reason=text,
        docs_request=text,
        **_preliminary_undone(application, at),
        **start(DOCUMENTS, at),
    )


@transaction.atomic
def pass_preliminary(
    application: HousingApplication, *, by: User, at: datetime, reason: str = ""
) -> HousingApplication:
    """The declared facts agree with the departments' data; another person looks next."""
    application = _taken(application, "pass_preliminary", by)
    return step(
        application,
        "pass_preliminary",
        by=by,
        at=at,
        reason=reason,
        preliminary_reviewer=by,
        preliminary_passed_at=at,
        **stop(application, PRELIMINARY, at),
        **go_on(application, FINAL, at),
    )


@transaction.atomic
def return_to_preliminary(
    application: HousingApplication, *, reason: str, by: User, at: datetime
) -> HousingApplication:
    """The final reviewer wants something looked at again, in the days that the preliminary review had left."""
    application = _taken(application, "return_to_preliminary", by)
    refuse_unless(bool(reason.strip()), _("请写明要复查什么。"), field="reason")
    afresh = starts_over("return", at)
    columns = _preliminary_undone(application, at) | go_on(application, PRELIMINARY, at, afresh=afresh)
    return step(
        application,
        "return_to_preliminary",
        by=by,
        at=at,
        reason=reason,
        **(columns | forget(FINAL) if afresh else columns),
    )


@transaction.atomic
def pass_final(application: HousingApplication, *, by: User, at: datetime, reason: str = "") -> HousingApplication:
    """The check by a second person; the result is publicised."""
    application = _taken(application, "pass_final", by)
    return step(
        application,
        "pass_final",
        by=by,
        at=at,
        reason=reason,
        final_reviewer=by,
        **stop(application, FINAL, at),
        **start(PUBLICITY, at),
    )


@transaction.atomic
def refuse(application: HousingApplication, *, rule: str, text: str, by: User, at: datetime) -> HousingApplication:
    """Refuse in writing: which condition, by which article, and why."""
    application = _taken(application, "refuse", by)
    refuse_unless(rule in Rule.values, _("请选择不符合哪一条。"), field="rule")
    refuse_unless(bool(text.strip()), _("请写明理由，申请人会看到。"), field="text")
    return step(
        application,
        "refuse",
        by=by,
        at=at,
        reason=text,
        refused_by=by,
        refused_at=at,
        refusal_rule=rule,
        refusal_article=article_of(application, Rule(rule)),
        refusal_text=text,
    )


def article_of(application: HousingApplication, rule: Rule) -> str:
    """Where the condition is written, in the version in force when the application was handed in."""
    rules = rules_on(local_day(application.submitted_at))
    flexible = application.work != "employed"
    key = RULE_PARAMETERS.get(rule, "flexible_work" if flexible else "stable_work")
    return rules[key].article[:120]


@transaction.atomic
def lapse(application: HousingApplication, *, by: User, at: datetime, reason: str = "") -> HousingApplication:
    """End an application whose papers did not come in time."""
    application = _taken(application, "lapse", by)
    over = application.docs_by is not None and application.docs_by < local_day(at)
    refuse_unless(over, _("补材料的期限还没过，不能终止。"))
    return step(application, "lapse", by=by, at=at, reason=reason)
