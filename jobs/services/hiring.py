"""The end of an application: hired, not hired, and a confirmation taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import outbox
from core.calendar import local_day
from core.errors import refuse_unless, require
from core.transitions import move

from .. import policies
from ..enums import TAKES_HIRES, ApplicationState, VacancyState
from ..models import Application, Vacancy
from .applications import refuse_children
from .vacancies import end_open_offers


def _locked(application: Application) -> Vacancy:
    """Places are shared: whoever counts them holds the vacancy's row."""
    return Vacancy.objects.select_for_update(of=("self",)).get(pk=application.vacancy_id)


@transaction.atomic
def hire(application: Application, *, by: Any, at: datetime) -> Application:
    """Confirm that the employer took this person; who applied in time may still be taken after the last day.

    The vacancy's row is locked first; the constraint `not_overfilled` stands behind it.
    """
    require(policies.may_decide(by, application), _("只有登记这个岗位的经纪人或当地工作人员可以确认录用。"))
    vacancy = _locked(application)
    refuse_unless(vacancy.places_left > 0, _("这个岗位已经招满。"))
    refuse_unless(
        vacancy.state in TAKES_HIRES,
        _("这个岗位{state}，不能再确认录用。").format(state=vacancy.get_state_display()),
    )
    refuse_children(application.worker, at)
    application = move(application, "hire", by=by, at=at, hired_at=at, hired_by=by, closed_at=at)
    if vacancy.places_left == 1:
        move(vacancy, "fill", by=by, at=at, filled_count=F("filled_count") + 1)
        end_open_offers(vacancy)
        outbox.put("jobs.filled", vacancy, at=at)
    else:
        Vacancy.objects.filter(pk=vacancy.pk).update(filled_count=F("filled_count") + 1)
    outbox.put("jobs.hired", application, at=at)
    return application


@transaction.atomic
def unhire(application: Application, *, reason: str, by: Any, at: datetime) -> Application:
    """Take back a confirmation that was a mistake: the application waits again, the place is free again."""
    require(policies.may_decide(by, application), _("只有登记这个岗位的经纪人或当地工作人员可以撤销录用。"))
    refuse_unless(bool(reason.strip()), _("请写明撤销的原因。"), field="reason")
    vacancy = _locked(application)
    hired = Application.objects.filter(pk=application.pk, state=ApplicationState.HIRED).first()
    application = move(application, "unhire", by=by, at=at, reason=reason, hired_at=None, hired_by=None, closed_at=None)
    if vacancy.state == VacancyState.FILLED:
        vacancy = move(vacancy, "reopen", by=by, at=at, filled_count=F("filled_count") - 1)
        if vacancy.expires_on < local_day(at):
            move(vacancy, "expire", by=by, at=at)
    else:
        Vacancy.objects.filter(pk=vacancy.pk).update(filled_count=F("filled_count") - 1)
    outbox.put("jobs.unhired", application, at=at, hired_on=local_day(hired.hired_at).isoformat())
    return application


@transaction.atomic
def reject(application: Application, *, reason: str, by: Any, at: datetime) -> Application:
    """Tell a worker that the employer took somebody else."""
    require(policies.may_decide(by, application), _("只有登记这个岗位的经纪人或当地工作人员可以答复报名。"))
    application = move(application, "reject", by=by, at=at, reason=reason, closed_at=at)
    outbox.put("jobs.rejected", application, at=at)
    return application
