"""Answers to outbox messages: telling people, and following a changed work calendar. Each may run twice."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from accounts.models import User
from accounts.notices import recipient_of, send
from core import outbox
from core.calendar import local_day
from core.models import OutboxMessage
from places.models import Post

from . import from_sites as _from_sites  # noqa: F401 - registers its handler
from . import ladder, notices, services
from .models import Alarm, Approval, Case


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
    "outside_asked": notices.outside_asked,
    "outside_returned": notices.outside_returned,
    "transfer_answered": notices.transfer_answered,
    "refused": notices.refused,
    "ordered": notices.ordered,
    "decided": notices.decided,
    "extended": notices.extended,
    "closed": notices.closed,
    "taken_back": notices.taken_back,
    "police_answered": notices.police_answered,
    **{
        event: partial(notices.arbitration_moved, event=event)
        for event in ("arb_accept", "arb_refuse", "arb_hearing", "arb_award", "arb_mediated")
    },
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
    _tell_officials(case, ladder.of_the_place(case), "inspector_missing", words, message)


@outbox.handler("wages.approval_asked")
def tell_approvers(message: OutboxMessage) -> None:
    case = _case(message)
    approval = Approval.objects.get(pk=message.payload["approval"])
    known = [*ladder.of_the_place(case), *ladder.city()]
    others = {user.pk: user for user in known if user.pk != approval.proposed_by_id}
    _tell_officials(case, others.values(), "approval_asked", notices.for_officials(case, "approval_asked"), message)


def _tell_handler(event: str) -> None:
    @outbox.handler(f"wages.{event}")
    def tell(message: OutboxMessage) -> None:
        case = _case(message)
        _tell_officials(case, ladder.handler_of(case), event, notices.for_officials(case, event), message)


@outbox.handler("wages.outside_asked")
def tell_office_outside(message: OutboxMessage) -> None:
    """Who serves there: the case stands on their desk from now on."""
    case, day = _case(message), local_day(message.drained_at)
    there = User.objects.filter(pk__in=Post.objects.on(day).filter(place=message.payload["place"]).values("user"))
    words = notices.for_officials(case, "outside_asked")
    _tell_officials(case, there.filter(is_active=True), "outside_asked", words, message)


for _event in ("outside_returned", "transfer_unanswered"):
    _tell_handler(_event)

for _event in ("handed_over", "supplied", "evidence_added", "all_confirmed", "payment_contested"):
    _tell_handler(_event)


def _tell_of_clock(event: str) -> None:
    @outbox.handler(f"wages.{event}")
    def tell(message: OutboxMessage) -> None:
        """Those whom the history names, so that it says the truth."""
        alarm = Alarm.objects.select_related("case").get(pk=message.payload["alarm"])
        _tell_officials(alarm.case, alarm.told.all(), event, notices.of_clock(alarm), message)


for _event in ("deadline_near", "deadline_over"):
    _tell_of_clock(_event)


@outbox.handler("calendar.changed")
def follow_calendar(message: OutboxMessage) -> None:
    services.follow_calendar(date.fromisoformat(message.subject_id), at=message.drained_at)
