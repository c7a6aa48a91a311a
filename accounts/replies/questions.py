"""Asking by text message, and no longer waiting for the answer."""

import secrets
from datetime import datetime

from django.db import transaction

from .. import phones
from ..locks import queue_for
from ..models import SmsQuestion
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
    how_to = kinds.find(kind).how_to(mark if taken else "") if mark else ""
    room = fit(text) if not how_to else f"{text.rstrip('。')}。{how_to}。"
    queue_or_note(number, room, event=EVENT, ref=str(question.uuid), at=at)
    return question


def close(*, kind: str, subject: str, at: datetime, answer: str = "") -> None:
    """The matter no longer waits: it was answered (`answer` in whichever way), or it is over."""
    SmsQuestion.objects.open().filter(kind=kind, subject=subject).update(closed_at=at, answer=answer)
