"""Applying, taking it back, and who sees the phone number meanwhile."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.policies import is_broker
from core import audit, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require
from core.transitions import move
from workers import policies as workers_policies
from workers.indicators import BY_CODE
from workers.models import ContactGrant, Worker
from workers.policies import is_self
from workers.services import grant_contact, withdraw_contact
from workers.services.sightings import REVEALED

from .. import limits, policies
from ..enums import LIVE_APPLICATION, ApplicationSource, ApplicationState
from ..models import Application, Recommendation, Vacancy

_OCCASION = "jobs.application:"


def refuse_unless_open(vacancy: Vacancy, at: datetime) -> None:
    """Only a vacancy that is public at this moment takes applications."""
    is_open = Vacancy.objects.published(at).filter(pk=vacancy.pk).exists()
    refuse_unless(is_open, _("这个岗位已经不再招人，看看别的岗位吧。"))


def refuse_children(worker: Worker, at: datetime) -> None:
    """Nobody may introduce to work or hire whoever is under age (禁止使用童工规定 arts 2, 4)."""
    day = local_day(at)
    rules = limits.on(day)
    refuse_unless(
        not rules.forbids_work(worker.birth_date, day),
        _("不满 {age} 周岁不能报名和录用，法律禁止为其介绍就业。").format(age=rules.working_age),
    )


def occasion(application: Application) -> str:
    """What a phone number was given for."""
    return f"{_OCCASION}{application.pk}"


def live_application(vacancy: Vacancy, worker: Worker) -> Application | None:
    """The one application of this worker for this vacancy that still counts."""
    return Application.objects.filter(vacancy=vacancy, worker=worker, state__in=LIVE_APPLICATION).first()


def file_application(
    vacancy: Vacancy,
    worker: Worker,
    *,
    by: Any,
    at: datetime,
    source: str,
    recommendation: Recommendation | None = None,
) -> Application:
    """Insert the row; two at once meet the unique constraint and the second is told."""
    refuse_children(worker, at)
    row = Application(
        vacancy=vacancy,
        worker=worker,
        division=vacancy.division_id,
        source=source,
        recommendation=recommendation,
        applied_at=at,
        applied_by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("这个岗位已经报过名了。")) from error
    audit.record("jobs.apply", row, by=by, at=at, worker=worker.worker_no, source=source)
    return row


@transaction.atomic
def apply(vacancy: Vacancy, worker: Worker, *, by: Any, at: datetime) -> Application:
    """Apply for oneself, or for a worker under a live mandate (the trail then names the broker)."""
    require(policies.may_apply_for(by, worker, at=at), _("没有本人的有效委托，不能代为报名。"))
    refuse_unless_open(vacancy, at)
    source = ApplicationSource.SELF if worker.user_id == by.pk else ApplicationSource.BROKER
    application = file_application(vacancy, worker, by=by, at=at, source=source)
    keeper = vacancy.registered_by
    if is_broker(keeper) and is_self(by, worker):
        grant_contact(worker, broker=keeper, occasion=occasion(application), by=by, at=at)
    outbox.put("jobs.applied", application, at=at)
    return application


@transaction.atomic
def withdraw(application: Application, *, by: Any, at: datetime) -> Application:
    """Take an application back; whoever could see the phone number through it no longer can."""
    require(policies.may_apply_for(by, application.worker, at=at), _("只有本人或受托的经纪人可以撤回。"))
    application = move(application, "withdraw", by=by, at=at, closed_at=at)
    _take_phone_back(application, by=by, at=at)
    return application


def _take_phone_back(application: Application, *, by: Any, at: datetime) -> None:
    """Nobody keeps seeing the number through this application, unless another live one leads to the same broker."""
    worker = application.worker
    if not is_self(by, worker):
        return
    live = Application.objects.filter(worker=worker, state__in=LIVE_APPLICATION)
    for broker_id in brokers_of(application):
        if live.filter(Q(vacancy__registered_by=broker_id) | Q(recommendation__broker=broker_id)).exists():
            continue
        grants = ContactGrant.objects.filter(worker=worker, broker=broker_id, withdrawn_at__isnull=True)
        for grant in grants.filter(occasion__startswith=_OCCASION):
            withdraw_contact(grant, by=by, at=at)


def brokers_of(application: Application) -> set[int]:
    """Who may come to see the phone number: who keeps the vacancy and who recommended it."""
    offer = application.recommendation
    return {application.vacancy.registered_by_id, *([offer.broker_id] if offer else [])}


def may_see_phone(user: Any, application: Application) -> bool:
    """A broker of this application whom the worker lets see the number, while the application counts."""
    known = user.pk in brokers_of(application) and application.state in LIVE_APPLICATION
    return known and workers_policies.may_see_phone(user, application.worker)


def whose_phone_may_be_seen(user: Any, worker_ids: list[int]) -> set[int]:
    """Those of the workers who let this broker see the number; one query for a whole list."""
    grants = ContactGrant.objects.filter(worker_id__in=worker_ids, broker=user, withdrawn_at__isnull=True)
    return set(grants.values_list("worker_id", flat=True))


def reveal_phone(application: Application, *, by: Any, at: datetime) -> str:
    """The number, for whom the worker lets see it. That somebody looked is committed before it is opened."""
    worker = application.worker
    require(may_see_phone(by, application), _("本人没有同意你看电话。"))
    refuse_unless(worker.mobile is not None, _("系统里没有他的电话。"))
    with transaction.atomic():
        reason = _("联系招聘：{job}").format(job=application.vacancy.title)
        audit.record(REVEALED, worker, by=by, at=at, reason=reason, indicator=BY_CODE["mobile"].number)
        if application.state == ApplicationState.APPLIED:
            move(application, "view", by=by, at=at)
    return worker.mobile.open()
