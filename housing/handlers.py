"""Answers to outbox messages: notices, and clocks after a change of the calendar. All may run twice."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Q

from accounts.enums import Role
from accounts.models import User
from accounts.notices import recipient_of, send
from core import outbox
from core.divisions import CITY
from core.models import OutboxMessage
from workers.models import Worker

from . import notices, services
from .enums import State
from .models import HousingApplication, Reminder

STATUS_URL = "/me/housing/"


def _application(message: OutboxMessage) -> HousingApplication | None:
    return HousingApplication.objects.select_related("worker__user").filter(pk=message.subject_id).first()


def _reach(worker: Worker) -> User | str | None:
    return recipient_of(user=worker.user, phone=worker.mobile)


def _officials(application: HousingApplication) -> Iterator[User]:
    """Whoever has it on the desk; before that, and in the final review, everybody in charge of it."""
    is_final = application.state == State.FINAL_REVIEW
    if application.taken_up_by_id and not is_final:
        yield application.taken_up_by
        return
    office = application.final_division_id if is_final else application.division_id
    in_charge = Q(jurisdictions__code__in=[office, CITY])
    officials = User.objects.filter(in_charge, role=Role.OFFICIAL, is_active=True).distinct()
    yield from officials.exclude(pk=application.preliminary_reviewer_id)


def _due(message: OutboxMessage) -> date | None:
    """The day that held when the step was taken, however late the message is delivered."""
    return date.fromisoformat(message.payload["due"]) if message.payload.get("due") else None


def _desk(application: HousingApplication) -> str:
    return f"/admin/housing/housingapplication/{application.pk}/change/"


def _tell_applicant(verb: str, message: OutboxMessage) -> None:
    application = _application(message)
    if application is None or (recipient := _reach(application.worker)) is None:
        return
    due = _due(message)
    for_you = notices.done_for_you(verb, application.number, due, _broker(message))
    send(
        recipient,
        event=message.topic,
        ref=application.number if verb in notices.ONCE else f"{application.number}/{message.pk}",
        text=for_you or notices.for_applicant(verb, application.number, due),
        sms=bool(for_you) or verb not in notices.QUIET,
        url=STATUS_URL,
        at=message.drained_at,
    )


def _broker(message: OutboxMessage) -> str:
    """Who took the step in the applicant's name; "" for the applicant and for officials."""
    broker = User.objects.filter(pk=message.payload.get("broker")).first()
    return broker.display_name if broker else ""


for _verb in notices.FOR_APPLICANT:
    outbox.handler(f"housing.{_verb}")(partial(_tell_applicant, _verb))


def _tell_officials(application: HousingApplication, message: OutboxMessage, text: str) -> None:
    for official in _officials(application):
        send(
            official,
            event=message.topic,
            ref=f"{application.number}/{message.pk}",
            text=text,
            sms=False,
            url=_desk(application),
            at=message.drained_at,
        )


@outbox.handler("housing.deadline_near")
def warn(message: OutboxMessage) -> None:
    """The applicant hears of papers, the officials of reviews; nobody of a clock that has stopped since."""
    application = _application(message)
    if application is None or application.state != message.payload["state"]:
        return
    if application.state != State.DOCS_DUE:
        _tell_officials(application, message, notices.review_nearly_due(application))
        return
    if (recipient := _reach(application.worker)) is not None:
        send(
            recipient,
            event=message.topic,
            ref=f"{application.number}/{message.pk}",
            text=notices.papers_nearly_due(application),
            url=STATUS_URL,
            at=message.drained_at,
        )


@outbox.handler("housing.raise_objection")
def hand_over_objection(message: OutboxMessage) -> None:
    if (application := _application(message)) is not None:
        _tell_officials(application, message, notices.objection_raised(application))


@outbox.handler("housing.reminder")
def tell_of_eligibility(message: OutboxMessage) -> None:
    reminder = Reminder.objects.select_related("worker__user").filter(pk=message.subject_id).first()
    if reminder is not None and (recipient := _reach(reminder.worker)) is not None:
        send(
            recipient,
            event=message.topic,
            ref=str(message.pk),
            text=notices.reminder(),
            url="/housing/",
            at=message.drained_at,
        )


@outbox.handler("calendar.changed")
def follow_the_calendar(message: OutboxMessage) -> None:
    services.recompute_deadlines(at=message.drained_at)
