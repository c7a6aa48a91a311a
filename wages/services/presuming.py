"""Asking whether the money came, and the dated rule for those who do not answer.

The clock of the rule begins when the question has left for the person's phone, not when somebody meant to ask; it is
told before and after, and it never runs for a person who has denied a payment in this case.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import replies
from accounts.notices import recipient_of, send
from core import audit
from core.calendar import local_day
from core.transitions import move

from .. import law, notices, paying
from ..enums import Heard, Kind, PaymentState
from ..models import Case, Claimant, Payment
from . import _money
from .payments import QUESTION

AT_ONCE = 500  # payments of one kind in one run; the next run takes the rest


def phone_of(person: Claimant) -> str:
    """The number to ask: the account's while it is open, else the claim's, else the anonymous reporter's."""
    who = recipient_of(user=person.user, phone=person.phone)
    if who is None and person.origin.kind == Kind.REPORT:
        who = recipient_of(user=person.origin.user, phone=person.origin.phone)
    if isinstance(who, str) or who is None:
        return who or ""
    return who.phone.open() if who.phone else ""


@transaction.atomic
def ask(payment: Payment, *, at: datetime) -> None:
    """A notice in the portal and a text message that a digit answers; once, and only while an answer is wanted."""
    row = Payment.objects.select_for_update(of=("self",)).select_related("claimant__case").get(pk=payment.pk)
    if row.state != PaymentState.RECORDED:
        return
    person, text = row.claimant, notices.payment_asked(row)
    if who := recipient_of(user=person.user, phone=person.phone):
        ref, url = f"{person.case.number}#{row.pk}", notices.money_path(person.case)
        send(who, event="wages.payment_asked", ref=ref, text=text, url=url, sms=False, at=at)
    if phone := phone_of(person):
        replies.ask(phone, kind=QUESTION, subject=str(row.pk), text=text, at=at)


def watch_payments(*, at: datetime) -> tuple[int, int, int]:
    """Start the clocks of questions that have left, warn, and presume; how many of each. Safe to run again."""
    return _start(at), _warn(at), _presume(at)


def _start(at: datetime) -> int:
    """A question whose message never left starts nothing: the person cannot answer what they never saw."""
    waiting = Payment.objects.filter(state=PaymentState.RECORDED, asked_at__isnull=True, claimant__stands_for=1)
    found = {str(pk): pk for pk in waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]}
    started = 0
    for subject, sent_at in replies.left_at(QUESTION, list(found)).items():
        day = local_day(sent_at)
        days = law.presume_days(day)
        asked = {"asked_at": sent_at, "presume_on": paying.presumed_from(day, days)}
        fresh = Payment.objects.filter(pk=found[subject], state=PaymentState.RECORDED, asked_at__isnull=True)
        started += fresh.update(**asked)
    return started


def _warn(at: datetime) -> int:
    day = local_day(at)
    near = day + timedelta(days=law.presume_warning_days(day))
    soon = Payment.objects.filter(state=PaymentState.RECORDED, presume_on__lte=near, warned_at__isnull=True)
    soon = soon.exclude(claimant__payments__state=PaymentState.CONTESTED)
    return sum(_warn_one(pk, at) for pk in soon.order_by("presume_on", "pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _warn_one(pk: int, at: datetime) -> bool:
    """After an outage the warning comes late; the day then moves, so that there is always time to answer it."""
    day = local_day(at)
    row = Payment.objects.select_for_update(of=("self",)).select_related("claimant__case").get(pk=pk)
    if row.state != PaymentState.RECORDED or row.warned_at is not None:
        return False
    row.warned_at = at
    row.presume_on = max(row.presume_on, day + timedelta(days=law.presume_warning_days(day)))
    row.save(update_fields=["warned_at", "presume_on"])
    person, text = row.claimant, notices.payment_warned(row)
    if who := recipient_of(user=person.user, phone=person.phone):
        ref, url = f"{person.case.number}#{row.pk}", notices.money_path(person.case)
        send(who, event="wages.payment_warned", ref=ref, text=text, url=url, sms=False, at=at)
    replies.remind(phone_of(person), kind=QUESTION, subject=str(row.pk), text=text, at=at)
    return True


def _presume(at: datetime) -> int:
    over = Payment.objects.filter(
        state=PaymentState.RECORDED, presume_on__lte=local_day(at), warned_at__isnull=False
    ).exclude(claimant__payments__state=PaymentState.CONTESTED)
    found = over.select_related("claimant").order_by("presume_on", "pk")[:AT_ONCE]
    return sum(presume(payment, at=at) is not None for payment in found)


@transaction.atomic
def presume(payment: Payment, *, at: datetime) -> Payment | None:
    """Silence counts as received; None where it does not: answered meanwhile, too early, or the person denied one."""
    case, person, payment = _money.hold(payment)
    early = payment.presume_on is None or payment.presume_on > local_day(at) or payment.warned_at is None
    denied = person.payments.filter(state=PaymentState.CONTESTED).exists()
    if payment.state != PaymentState.RECORDED or early or denied or person.stands_for > 1:
        return None
    payment = move(payment, "presume", by=None, at=at, heard=Heard.RULE, decided_at=at)
    _money.reckon_people([person], at=at)
    audit.record("presume_paid", case, by=None, at=at, claimant=person.pk, payment=payment.pk)
    replies.close(kind=QUESTION, subject=str(payment.pk), at=at)
    case = _money.follow(case, by=None, at=at)
    _tell_presumed(case, person, payment, at)
    return payment


def _tell_presumed(case: Case, person: Claimant, payment: Payment, at: datetime) -> None:
    text = notices.payment_presumed(payment, case, days=law.contest_days(local_day(at)))
    if who := recipient_of(user=person.user, phone=person.phone):
        ref, url = f"{case.number}#{payment.pk}", notices.money_path(case)
        send(who, event="wages.payment_presumed", ref=ref, text=text, url=url, at=at)
