"""What came back: kept sealed before anything else, and answered once, behind the outbox.

Nobody guesses here. A reply acts when it names one open question of its phone, or when there is only one that it can
mean; everything else gets a friendly answer and changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import outbox, rows
from core.crypto import blind_index
from core.errors import Refusal

from .. import phones
from ..enums import ReplyState
from ..models import SmsQuestion, SmsReply
from ..sms.queueing import queue_or_note
from . import kinds, reading
from .questions import end

TOPIC = "accounts.sms_reply"
EVENT = "reply"
LONGEST_TEXT = 500
DAY = timedelta(days=1)
# From one phone in a day: how many replies are looked at, and how many of them are answered by a message.
HANDLED_A_DAY, ANSWERED_A_DAY = 30, 6
# A question that ended without this person's answer may still be the one that is meant.
MISSED_FOR = timedelta(days=14)
REMEMBERED = timedelta(days=60)
KEPT = timedelta(days=180)


@dataclass(frozen=True)
class Incoming:
    """One message as a provider brings it. `key` is the provider's own number for it."""

    provider: str
    key: str
    phone: str
    text: str
    said_at: datetime


@transaction.atomic
def take(message: Incoming, *, at: datetime) -> bool:
    """Keep a message; False where it is here already or comes from no mobile number. Nothing is read yet."""
    try:
        number = phones.clean(message.phone)
    except Refusal:
        return False
    text = message.text.replace("\0", "").strip()[:LONGEST_TEXT]
    said_at = min(message.said_at, at)  # a provider's clock may be ahead, and nobody answers before they were asked
    # Numbers of messages are not promised to be unlike each other, so the phone and the moment belong to the key.
    key = blind_index("sms_reply", f"{message.provider}|{message.key}|{number}|{message.said_at.isoformat()}")
    row = SmsReply(
        provider=message.provider,
        key_index=key,
        phone=number,
        phone_index=phones.index(number),
        text=text or "-",
        said_at=said_at,
        received_at=at,
    )
    if not rows.add_unless_there(row):
        return False
    outbox.put(TOPIC, row, at=at)
    return True


def handle(pk: int, *, at: datetime) -> None:
    """Answer one kept message; safe to call again."""
    row = SmsReply.objects.select_for_update().filter(pk=pk, state=ReplyState.RECEIVED).first()
    if row is None:
        return
    today = SmsReply.objects.filter(phone_index=row.phone_index, handled_at__gt=at - DAY)
    if today.count() >= HANDLED_A_DAY:
        row.state = ReplyState.LIMITED
        sentence = ""
    else:
        sentence = _answer(row, at)
    row.handled_at = at
    row.save(update_fields=["state", "question", "answer", "handled_at"])
    if sentence and today.exclude(pk=row.pk).exclude(told=False).count() < ANSWERED_A_DAY:
        SmsReply.objects.filter(pk=row.pk).update(told=True)
        queue_or_note(row.phone.open(), sentence, event=EVENT, ref=str(row.uuid), at=at)


def _answer(row: SmsReply, at: datetime) -> str:
    """Do what the reply says, if it says one thing about one question; the sentence to send back."""
    asked = SmsQuestion.objects.filter(phone_index=row.phone_index, asked_at__lte=row.said_at)
    waiting = [question for question in asked.open().order_by("asked_at", "pk") if kinds.find(question.kind)]
    missed = asked.filter(closed_at__gt=row.said_at - MISSED_FOR, answer="")
    text = row.text.open()
    readings = {question.pk: reading.read(text, kinds.find(question.kind).choices()) for question in waiting}
    named = [question for question in waiting if readings[question.pk] and readings[question.pk].mark == question.mark]
    bare = [question for question in waiting if readings[question.pk] and not readings[question.pk].mark]
    meant = named or (bare if len(waiting) == 1 and not missed.exists() else [])
    if len(meant) == 1:
        return _act(row, meant[0], readings[meant[0].pk].digit, at)
    if waiting:
        row.state = ReplyState.UNCLEAR
        return _which(waiting)
    row.state = ReplyState.NOTHING
    return _after_all(asked.filter(closed_at__gt=at - REMEMBERED).order_by("-closed_at", "-pk").first(), text)


def _act(row: SmsReply, question: SmsQuestion, digit: str, at: datetime) -> str:
    row.question, row.answer = question, digit
    try:
        with transaction.atomic():
            sentence = kinds.find(question.kind).act(question, digit, at)
    except Refusal as refusal:
        row.state = ReplyState.REFUSED
        return refusal.message
    end(SmsQuestion.objects.filter(pk=question.pk), at=at, answer=digit)
    row.state = ReplyState.ACTED
    return sentence


def _which(waiting: list[SmsQuestion]) -> str:
    """Nothing was changed; how to say it so that it can be understood."""
    if len(waiting) == 1:
        kind = kinds.find(waiting[0].kind)
        return _("没看懂，什么都没改。{about}：{how}。").format(
            about=kind.about(waiting[0]), how=kind.how_to(waiting[0].mark)
        )
    first = kinds.find(waiting[0].kind)
    marks = "；".join(f"{one.mark}是{kinds.find(one.kind).about(one)}" for one in waiting[:2])
    return _("有{n}件事在等你，什么都没改。{marks}。请写编号，如“{how}”。").format(
        n=len(waiting), marks=marks, how=first.how_to(waiting[0].mark).split("，")[0]
    )


def _after_all(last: SmsQuestion | None, text: str) -> str:
    """No question waits. Who was asked before is told how that stands; nobody else is answered, people or machines."""
    kind = kinds.find(last.kind) if last else None
    if kind is None or reading.read(text, kind.choices()) is None:
        return ""
    said = {one.digit: str(one.label) for one in kind.answers}.get(last.answer)
    if said:
        return _("{about}：你已经答过“{said}”，没有再改。不对的话请上渝工通“查进度”，或打12333。").format(
            about=kind.about(last), said=said
        )
    return _("{about}：现在不用再回短信了。请上渝工通“查进度”看看，或打12333。").format(about=kind.about(last))


def forget(*, before: datetime) -> int:
    """Delete what was said and asked so long ago that no matter looks at it."""
    gone = SmsReply.objects.filter(received_at__lt=before).delete()[0]
    return gone + SmsQuestion.objects.filter(closed_at__lt=before, replies__isnull=True).delete()[0]
