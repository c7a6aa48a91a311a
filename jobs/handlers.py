"""Telling people what happened, and the registry who was hired. Each handler may run twice: notices are unique per
event, and the registry writes the same statement down once."""

from datetime import date

from accounts.notices import recipient_of, send
from core import outbox
from core.calendar import local_day
from core.models import OutboxMessage
from workers.enums import Source
from workers.models import Worker
from workers.services import record
from workers.services.retracting import retract

from . import notices as texts
from . import placement
from .enums import ApplicationState, VacancyState
from .models import Application, Recommendation, Vacancy

MINE = "/me/applications/"


def _tell_worker(worker: Worker, message: OutboxMessage, *, ref: str, text: str, event: str = "") -> None:
    recipient = recipient_of(user=worker.user, phone=worker.mobile)
    if recipient:
        send(recipient, event=event or message.topic, ref=ref, text=text, url=MINE, at=message.drained_at)


def _tell_broker(user, message: OutboxMessage, *, ref: str, text: str, url: str, sms: bool = False) -> None:
    send(user, event=message.topic, ref=ref, text=text, url=url, sms=sms, at=message.drained_at)


def _offer(message: OutboxMessage) -> Recommendation | None:
    """The offer, unless it went with its worker's data meanwhile."""
    rows = Recommendation.objects.select_related("vacancy", "worker__user", "broker")
    return rows.filter(pk=message.subject_id).first()


def _application(message: OutboxMessage) -> Application | None:
    """The application, unless it went with its worker's data meanwhile."""
    rows = Application.objects.select_related("vacancy__registered_by", "vacancy__employer", "worker__user", "hired_by")
    return rows.filter(pk=message.subject_id).first()


def _vacancy(message: OutboxMessage) -> Vacancy:
    return Vacancy.objects.select_related("registered_by").get(pk=message.subject_id)


@outbox.handler("jobs.offered")
def offered(message: OutboxMessage) -> None:
    row = _offer(message)
    if row is None:
        return
    _tell_worker(row.worker, message, ref=str(row.pk), text=texts.offered(row))


@outbox.handler("jobs.accepted")
def accepted(message: OutboxMessage) -> None:
    row = _offer(message)
    if row is None:
        return
    url = f"/broker/applications/{row.application.pk}/" if hasattr(row, "application") else "/broker/answers/"
    _tell_broker(row.broker, message, ref=str(row.pk), text=texts.accepted(row), url=url, sms=True)


@outbox.handler("jobs.declined")
def declined(message: OutboxMessage) -> None:
    row = _offer(message)
    if row is None:
        return
    url = f"/broker/vacancies/{row.vacancy_id}/"
    _tell_broker(row.broker, message, ref=str(row.pk), text=texts.declined(row), url=url)


@outbox.handler("jobs.applied")
def applied(message: OutboxMessage) -> None:
    """The keeper of the vacancy sees it on the workbench; the worker has it in writing when a broker applied."""
    row = _application(message)
    if row is None:
        return
    url = f"/broker/applications/{row.pk}/"
    _tell_broker(row.vacancy.registered_by, message, ref=str(row.pk), text=texts.applied(row), url=url)
    if row.applied_by_id != row.worker.user_id:
        text = texts.applied_for_you(row)
        _tell_worker(row.worker, message, event="jobs.applied_for_you", ref=str(row.pk), text=text)


@outbox.handler("jobs.hired")
def hired(message: OutboxMessage) -> None:
    """The worker and the registry learn of it; neither of a confirmation that was taken back meanwhile."""
    row = _application(message)
    if row is None or row.state != ApplicationState.HIRED:
        return
    day = local_day(row.hired_at)
    stated = placement.indicators(row.vacancy, day)
    # First, since it may wait for an import: a text message queued before it would hold the day's count meanwhile.
    record(row.worker, stated, source=Source.COMPUTED, by=row.hired_by, at=message.drained_at, observed_on=day)
    _tell_worker(row.worker, message, ref=f"{row.pk}:{message.pk}", text=texts.hired(row))


@outbox.handler("jobs.unhired")
def unhired(message: OutboxMessage) -> None:
    """The registry goes back to what it said before, and the worker is told that the application still counts."""
    row = _application(message)
    if row is None:
        return
    day = date.fromisoformat(message.payload["hired_on"])
    stated = placement.indicators(row.vacancy, day)
    retract(row.worker, stated, source=Source.COMPUTED, observed_on=day, by=None, at=message.drained_at)
    _tell_worker(row.worker, message, ref=f"{row.pk}:{message.pk}", text=texts.unhired(row))


@outbox.handler("jobs.rejected")
def rejected(message: OutboxMessage) -> None:
    row = _application(message)
    if row is None:
        return
    _tell_worker(row.worker, message, ref=str(row.pk), text=texts.rejected(row))


@outbox.handler("jobs.closed")
def closed(message: OutboxMessage) -> None:
    """Whoever still waits is told, each by a message of their own: nobody's text holds up hundreds of others.

    After a closure there will be no answer, after the last day there may be one.
    """
    vacancy = _vacancy(message)
    event = "jobs.ended" if vacancy.state == VacancyState.EXPIRED else "jobs.closed"
    for row in vacancy.applications.waiting().iterator(chunk_size=500):
        outbox.put("jobs.over", row, at=message.drained_at, event=event)


@outbox.handler("jobs.filled")
def filled(message: OutboxMessage) -> None:
    """Every place is taken: the others' applications stay, because a confirmation may be taken back, and they are told
    so. Not of a vacancy that has a place again by now."""
    vacancy = _vacancy(message)
    if vacancy.state == VacancyState.FILLED:
        for row in vacancy.applications.waiting().iterator(chunk_size=500):
            outbox.put("jobs.over", row, at=message.drained_at, event=message.topic)


_OVER = {"jobs.ended": texts.ended, "jobs.closed": texts.closed, "jobs.filled": texts.filled}


@outbox.handler("jobs.over")
def over(message: OutboxMessage) -> None:
    """One applicant learns that the vacancy is over; not who was answered, withdrew or was forgotten meanwhile."""
    waiting = Application.objects.waiting().select_related("vacancy", "worker__user")
    row = waiting.filter(pk=message.subject_id).first()
    if row is not None:
        event = message.payload["event"]
        text = _OVER[event](row.vacancy)
        _tell_worker(row.worker, message, event=event, ref=str(row.pk), text=text)


@outbox.handler("jobs.published")
def published(message: OutboxMessage) -> None:
    row = _vacancy(message)
    ref, url = f"{row.pk}:{message.pk}", f"/broker/vacancies/{row.pk}/"
    _tell_broker(row.registered_by, message, ref=ref, text=texts.published(row), url=url)


@outbox.handler("jobs.refused")
def refused(message: OutboxMessage) -> None:
    row = _vacancy(message)
    ref, url = f"{row.pk}:{message.pk}", f"/broker/vacancies/{row.pk}/edit/"
    _tell_broker(row.registered_by, message, ref=ref, text=texts.refused(row), url=url)
