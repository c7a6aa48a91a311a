"""Writing a message down, inside the transaction of its cause."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import outbox, rows
from core.errors import Refusal

from .. import phones
from ..enums import SMS_LONGEST, SmsState
from ..models import SmsMessage
from . import budget

TOPIC = "accounts.sms"


class BudgetSpent(Refusal):
    """The portal has sent as many messages as a day may cost."""

    def __init__(self) -> None:
        super().__init__(_("今天的短信已经发完，请拨打服务热线，工作人员会帮你办。"))


def fit(text: str) -> str:
    """The text within one message; what does not fit is cut off with … (the notice keeps the whole)."""
    return text if len(text) <= SMS_LONGEST else text[: SMS_LONGEST - 1] + "…"


@transaction.atomic(savepoint=False)
def queue(
    phone: str, text: str, *, event: str, ref: str, at: datetime, worthless_at: datetime | None = None
) -> SmsMessage:
    """Store one message that somebody waits for, a code, and hand it to the outbox. Raises `BudgetSpent`.

    Counted last, because other codes wait from there on until the caller's transaction ends.
    """
    message = _hand_over(_message(phone, text, event=event, ref=ref, created_at=at, worthless_at=worthless_at))
    if not budget.take_for_code(at):
        raise BudgetSpent
    return message


def queue_or_note(phone: str, text: str, *, event: str, ref: str, at: datetime) -> SmsMessage:
    """A notice, within the notices' share: a spent one leaves a failed row for officials and stops no caller."""
    message = _message(phone, text, event=event, ref=ref, created_at=at)
    if budget.take_for_notice(at):
        return _hand_over(message)
    message.state, message.error = SmsState.FAILED, BudgetSpent().message
    message.save(force_insert=True)
    return message


def _message(phone: str, text: str, **about: Any) -> SmsMessage:
    return SmsMessage(phone=phone, phone_index=phones.index(phone), text=fit(text), **about)


def _hand_over(message: SmsMessage) -> SmsMessage:
    rows.add(message)
    outbox.put(TOPIC, message, at=message.created_at)
    return message


def text_about(event: str, ref: UUID) -> str:
    """The words of the newest message about something; only the demo shows them to anybody."""
    row = rows.first(SmsMessage, "event = %s AND ref = %s ORDER BY id DESC LIMIT 1", [event, str(ref)])
    return row.text.open() if row else ""


def forget(*, event: str, before: datetime) -> int:
    """Delete the messages of an event that nobody needs any more."""
    return SmsMessage.objects.filter(event=event, created_at__lt=before).delete()[0]
