"""Publicity: anybody may object, officials look into it, and what remains unopposed enters the pool."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require

from .. import policies
from ..deadlines import FINAL, PRELIMINARY
from ..enums import ObjectionState, State
from ..models import HousingApplication, Objection
from ._steps import forget, fresh, go_on, starts_over, step
from .review import NOT_YOURS


@transaction.atomic
def raise_objection(application: HousingApplication, *, text: str, by: User, at: datetime) -> Objection:
    """Say what is wrong with a publicised application, once per person."""
    application = fresh(application)  # an objection and the end of publicity wait for each other
    refuse_unless(policies.may_object(by, application), _("这份申请现在不能提异议。"))
    try:
        with transaction.atomic():
            objection = Objection.objects.create(application=application, raised_by=by, raised_at=at, text=text)
    except IntegrityError as error:
        raise Refusal(_("你已经对这份申请提出过异议。")) from error
    audit.record("raise_objection", application, by=None, at=at, objection=objection.pk)  # the raiser stays unnamed
    outbox.put("housing.raise_objection", application, at=at)
    return objection


@transaction.atomic
def dismiss_objection(objection: Objection, *, decision: str, by: User, at: datetime) -> Objection:
    """Looked into, and not so."""
    _decide(objection, ObjectionState.DISMISSED, decision, by, at)
    return Objection.objects.get(pk=objection.pk)


@transaction.atomic
def uphold_objection(objection: Objection, *, decision: str, by: User, at: datetime) -> HousingApplication:
    """Looked into, and there is something in it: both reviews start over."""
    _decide(objection, ObjectionState.UPHELD, decision, by, at)
    application = fresh(objection.application)
    afresh = starts_over("objection", at)
    return step(
        application,
        "recheck",
        by=by,
        at=at,
        reason=decision,
        preliminary_reviewer=None,
        preliminary_passed_at=None,
        final_reviewer=None,
        final_passed_at=None,
        publicity_until=None,
        **go_on(application, PRELIMINARY, at, afresh=afresh),
        **(forget(FINAL) if afresh else {}),
    )


def _decide(objection: Objection, outcome: ObjectionState, decision: str, by: User, at: datetime) -> None:
    require(policies.may_review(by, objection.application), NOT_YOURS)
    refuse_unless(bool(decision.strip()), _("请写明核查结论。"), field="decision")
    decided = Objection.objects.filter(pk=objection.pk, state=ObjectionState.OPEN).update(
        state=outcome, decided_by=by, decided_at=at, decision=decision
    )
    refuse_unless(decided == 1, _("这条异议已经有结论，你的操作没有生效。"))
    audit.record(
        "decide_objection",
        objection.application,
        by=by,
        at=at,
        reason=decision,
        objection=objection.pk,
        outcome=str(outcome),
    )


@transaction.atomic
def enter_waiting(application: HousingApplication, *, by: User | None, at: datetime) -> HousingApplication:
    """Publicity has passed without an open objection: into the pool for the next round."""
    require(by is None or policies.may_review(by, application), NOT_YOURS)
    application = fresh(application)
    ripe = HousingApplication.objects.publicity_over(local_day(at)).filter(pk=application.pk).exists()
    refuse_unless(ripe or application.state != State.PUBLICITY, _("公示期没有满，或还有异议没有核查完。"))
    return step(application, "enter_waiting", by=by, at=at, waiting_since=at)
