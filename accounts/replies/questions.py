"""Asking by text message, and no longer waiting for the answer."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.functions import Greatest

from .. import phones
from ..locks import queue_for
from ..models import SmsMessage, SmsQuestion
from ..sms.queueing import fit, queue_or_note
from . import kinds

MARKS = range(10, 100)
EVENT = "question"


@transaction.atomic
def ask(phone: str, *, kind: str, subject: str, text: str, at: datetime) -> SmsQuestion:
    """Send `text` with how to answer it, once per subject; asked again, the open question is returned and nothing sent.

    Two digits mark the question among those that wait for the same phone. They stand in the message as soon as there
    are several; who was asked before that and answers without them is told which ones wait.
    """
    number = phones.clean(phone)
    index = phones.index(number)
    queue_for(index)
    waiting = SmsQuestion.objects.open().filter(phone_index=index)
    if known := waiting.filter(kind=kind, subject=subject).first():
        return known
    taken = set(waiting.values_list("mark", flat=True))
    free = [mark for mark in map(str, MARKS) if mark not in taken]
    mark = secrets.choice(free) if free else ""  # nobody has ninety; one more can be answered on its page
    question = SmsQuestion.objects.create(phone_index=index, kind=kind, subject=subject, mark=mark, asked_at=at)
    words = _with_how_to(text, question, several=bool(taken))
    queue_or_note(number, words, event=EVENT, ref=str(question.uuid), at=at)
    return question


def remind(phone: str, *, kind: str, subject: str, text: str, at: datetime) -> bool:
    """Send another text about a question that still waits for this phone; False where none does."""
    waiting = (
        SmsQuestion.objects.open().filter(phone_index=phones.index(phone)) if phone else SmsQuestion.objects.none()
    )
    question = waiting.filter(kind=kind, subject=subject).first()
    if question is None:
        return False
    words = _with_how_to(text, question, several=waiting.count() > 1)
    queue_or_note(phones.clean(phone), words, event=f"{EVENT}.again", ref=str(question.uuid), at=at)
    return True


def _with_how_to(text: str, question: SmsQuestion, *, several: bool) -> str:
    if not question.mark:
        return fit(text)
    how_to = kinds.find(question.kind).how_to(question.mark if several else "")
    return f"{text.rstrip('。')}。{how_to}。"


def left_at(kind: str, subjects: list[str]) -> dict[str, datetime]:
    """Subject → when its question was handed to the provider; those that have not left are not there."""
    asked = SmsQuestion.objects.filter(kind=kind, subject__in=subjects).values_list("uuid", "subject")
    named = {str(uuid): subject for uuid, subject in asked}
    sent = SmsMessage.objects.filter(event=EVENT, ref__in=list(named), sent_at__isnull=False)
    return {named[ref]: moment for ref, moment in sent.values_list("ref", "sent_at")}


def close(*, kind: str, subject: str, at: datetime, answer: str = "") -> None:
    """The matter no longer waits: it was answered (`answer` in whichever way), or it is over."""
    end(SmsQuestion.objects.filter(kind=kind, subject=subject), at=at, answer=answer)


def end(questions: QuerySet, *, at: datetime, answer: str) -> None:
    """Whoever answers on a page may have begun before the question left: the later of the two moments ends it."""
    ended = Greatest(F("asked_at"), Value(at, output_field=DateTimeField()))
    questions.filter(closed_at__isnull=True).update(closed_at=ended, answer=answer)
