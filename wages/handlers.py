"""Answers to outbox messages: telling people, and following a changed work calendar. Each may run twice."""

from collections.abc import Callable, Iterable
from datetime import date

from accounts.models import User
from accounts.notices import recipient_of, send
from core import outbox
from core.models import OutboxMessage

from . import notices, services
from .models import Approval, Case


def _case(message: OutboxMessage) -> Case:
    return Case.objects.select_related("user", "assignee").get(pk=int(message.subject_id))


def _tell_complainant(event: str, words: Callable[[Case], str]) -> None:
    @outbox.handler(f"wages.{event}")
    def tell(message: OutboxMessage) -> None:
        case = _case(message)
        recipient = recipient_of(user=case.user, phone=case.phone)
        if recipient is None:
            return
        send(
            recipient,
            event=f"wages.{event}",
            ref=f"{case.number}#{message.pk}",
            text=words(case),
            url=f"{notices.STATUS_PATH}{case.number}/",
            at=message.drained_at,
        )


for _event, _words in {
    "filed": notices.filed,
    "supplement_requested": notices.supplement_requested,
    "accepted": notices.accepted,
    "transferred": notices.transferred,
    "handed_over": notices.handed_over,
    "refused": notices.refused,
    "ordered": notices.ordered,
    "decided": notices.decided,
    "extended": notices.extended,
    "paid": notices.paid,
    "closed": notices.closed,
}.items():
    _tell_complainant(_event, _words)


def _tell_officials(case: Case, who: Iterable[User], event: str, text: str, message: OutboxMessage) -> None:
    for official in who:
        send(
            official,
            event=f"wages.{event}",
            ref=f"{case.number}#{message.pk}",
            text=text,
            sms=False,
            url=f"/admin/wages/case/{case.pk}/change/",
            at=message.drained_at,
        )


def _of_the_place(case: Case) -> list[User]:
    """The officials of the case's district; where there is none, those of the city."""
    officials = User.objects.filter(role="official", is_active=True)
    district = officials.filter(jurisdictions__code__startswith=case.division[:6]).distinct()
    return list(district) or list(officials.filter(jurisdictions__code="500000"))


def _handler_of(case: Case) -> list[User]:
    return [case.assignee] if case.assignee else _of_the_place(case)


@outbox.handler("wages.assigned")
def tell_assignee(message: OutboxMessage) -> None:
    _tell_one("assigned", message)


@outbox.handler("wages.inspector_named")
def tell_inspector(message: OutboxMessage) -> None:
    _tell_one("inspector_named", message)


def _tell_one(event: str, message: OutboxMessage) -> None:
    case = _case(message)
    official = User.objects.filter(pk=message.payload["official"])
    _tell_officials(case, official, event, notices.for_officials(case, event), message)


@outbox.handler("wages.inspector_missing")
def ask_for_inspector(message: OutboxMessage) -> None:
    """Everybody of the office: whoever stepped aside may have been the handler."""
    case = _case(message)
    words = notices.for_officials(case, "inspector_missing")
    _tell_officials(case, _of_the_place(case), "inspector_missing", words, message)


@outbox.handler("wages.approval_asked")
def tell_approvers(message: OutboxMessage) -> None:
    case = _case(message)
    approval = Approval.objects.get(pk=message.payload["approval"])
    city = User.objects.filter(role="official", is_active=True, jurisdictions__code="500000")
    others = {user.pk: user for user in [*_of_the_place(case), *city] if user.pk != approval.proposed_by_id}
    _tell_officials(case, others.values(), "approval_asked", notices.for_officials(case, "approval_asked"), message)


def _tell_handler(event: str) -> None:
    @outbox.handler(f"wages.{event}")
    def tell(message: OutboxMessage) -> None:
        case = _case(message)
        _tell_officials(case, _handler_of(case), event, notices.for_officials(case, event), message)


for _event in ("handed_over", "supplied", "evidence_added", "payment_confirmed", "payment_contested"):
    _tell_handler(_event)


@outbox.handler("wages.deadline_near")
def warn(message: OutboxMessage) -> None:
    case = _case(message)
    if case.due_on:
        _tell_officials(case, _handler_of(case), "deadline_near", notices.deadline_near(case), message)


@outbox.handler("wages.deadline_over")
def escalate(message: OutboxMessage) -> None:
    """Past the last legal day: the handler, the district's and the city's officials learn of it."""
    case = _case(message)
    if not case.due_on:
        return
    city = User.objects.filter(role="official", is_active=True, jurisdictions__code="500000")
    told = {user.pk: user for user in [*_handler_of(case), *_of_the_place(case), *city]}
    _tell_officials(case, told.values(), "deadline_over", notices.deadline_over(case), message)


@outbox.handler("calendar.changed")
def follow_calendar(message: OutboxMessage) -> None:
    services.follow_calendar(date.fromisoformat(message.subject_id), at=message.drained_at)
