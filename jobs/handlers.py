"""Telling people what happened; each handler may run twice, because notices are unique per event."""

from django.utils import timezone

from accounts.notices import send
from core import outbox
from core.models import OutboxMessage

from . import notices as texts
from .models import Application, Recommendation, Vacancy

MINE = "/me/applications/"


def _tell_worker(worker, *, event: str, ref: str, text: str) -> None:
    """The account where there is one, else the registered number; nobody without either."""
    recipient = worker.user or (worker.mobile.open() if worker.mobile else None)
    if recipient:
        send(recipient, event=event, ref=ref, text=text, url=MINE, at=timezone.now())


def _tell_broker(user, *, event: str, ref: str, text: str, url: str, sms: bool = False) -> None:
    send(user, event=event, ref=ref, text=text, url=url, sms=sms, at=timezone.now())


def _offer(message: OutboxMessage) -> Recommendation:
    return Recommendation.objects.select_related("vacancy", "worker__user", "broker").get(pk=message.subject_id)


def _application(message: OutboxMessage) -> Application:
    return Application.objects.select_related("vacancy__registered_by", "worker__user").get(pk=message.subject_id)


@outbox.handler("jobs.offered")
def offered(message: OutboxMessage) -> None:
    row = _offer(message)
    _tell_worker(row.worker, event="jobs.offered", ref=str(row.pk), text=texts.offered(row))


@outbox.handler("jobs.accepted")
def accepted(message: OutboxMessage) -> None:
    row = _offer(message)
    url = f"/broker/applications/{row.application.pk}/" if hasattr(row, "application") else "/broker/answers/"
    _tell_broker(row.broker, event="jobs.accepted", ref=str(row.pk), text=texts.accepted(row), url=url, sms=True)


@outbox.handler("jobs.declined")
def declined(message: OutboxMessage) -> None:
    row = _offer(message)
    url = f"/broker/vacancies/{row.vacancy_id}/"
    _tell_broker(row.broker, event="jobs.declined", ref=str(row.pk), text=texts.declined(row), url=url)


@outbox.handler("jobs.applied")
def applied(message: OutboxMessage) -> None:
    """The keeper of the vacancy sees it on the workbench; the worker has it in writing when a broker applied."""
    row = _application(message)
    _tell_broker(
        row.vacancy.registered_by,
        event="jobs.applied",
        ref=str(row.pk),
        text=texts.applied(row),
        url=f"/broker/applications/{row.pk}/",
    )
    if row.applied_by_id != row.worker.user_id:
        _tell_worker(row.worker, event="jobs.applied_for_you", ref=str(row.pk), text=texts.applied_for_you(row))


@outbox.handler("jobs.hired")
def hired(message: OutboxMessage) -> None:
    row = _application(message)
    _tell_worker(row.worker, event="jobs.hired", ref=str(row.pk), text=texts.hired(row))


@outbox.handler("jobs.rejected")
def rejected(message: OutboxMessage) -> None:
    row = _application(message)
    _tell_worker(row.worker, event="jobs.rejected", ref=str(row.pk), text=texts.rejected(row))


@outbox.handler("jobs.closed")
def closed(message: OutboxMessage) -> None:
    """Whoever still waits for an answer is told that there will be none."""
    vacancy = Vacancy.objects.get(pk=message.subject_id)
    for row in vacancy.applications.waiting().select_related("worker__user").iterator(chunk_size=500):
        _tell_worker(row.worker, event="jobs.closed", ref=str(row.pk), text=texts.closed(vacancy))


@outbox.handler("jobs.published")
def published(message: OutboxMessage) -> None:
    vacancy = Vacancy.objects.select_related("registered_by").get(pk=message.subject_id)
    _tell_broker(
        vacancy.registered_by,
        event="jobs.published",
        ref=f"{vacancy.pk}:{message.pk}",
        text=texts.published(vacancy),
        url=f"/broker/vacancies/{vacancy.pk}/",
    )


@outbox.handler("jobs.refused")
def refused(message: OutboxMessage) -> None:
    vacancy = Vacancy.objects.select_related("registered_by").get(pk=message.subject_id)
    _tell_broker(
        vacancy.registered_by,
        event="jobs.refused",
        ref=f"{vacancy.pk}:{message.pk}",
        text=texts.refused(vacancy),
        url=f"/broker/vacancies/{vacancy.pk}/edit/",
    )
