"""Writing a message down, inside the transaction of its cause."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from core import outbox
from core.errors import Refusal

from .. import phones
from ..enums import SMS_LONGEST, SmsState
from ..models import SmsMessage

TOPIC = "accounts.sms"
DAY = timedelta(days=1)


class BudgetSpent(Refusal):
    """The portal has sent as many messages as a day may cost."""


def fit(text: str) -> str:
    """The text within one message; what does not fit is cut off with … (the notice keeps the whole)."""
    return text if len(text) <= SMS_LONGEST else text[: SMS_LONGEST - 1] + "…"


def queue(
    phone: str, text: str, *, event: str, ref: str, at: datetime, worthless_at: datetime | None = None
) -> SmsMessage:
    """Store one message and hand it to the outbox. Raises `BudgetSpent`."""
    if _spent(at):
        raise BudgetSpent(_("今天的短信已经发完，请拨打服务热线，工作人员会帮你办。"))
    message = _write(phone, text, event=event, ref=ref, at=at, worthless_at=worthless_at)
    outbox.put(TOPIC, message, at=at)
    return message


def queue_or_note(phone: str, text: str, *, event: str, ref: str, at: datetime) -> SmsMessage:
    """Like `queue`, but a spent budget leaves a failed row for officials to see instead of stopping the caller."""
    try:
        return queue(phone, text, event=event, ref=ref, at=at)
    except BudgetSpent as refusal:
        message = _write(phone, text, event=event, ref=ref, at=at, worthless_at=None)
        SmsMessage.objects.filter(pk=message.pk).update(state=SmsState.FAILED, error=refusal.message)
        return message


def _write(phone: str, text: str, *, event: str, ref: str, at: datetime, worthless_at: datetime | None) -> SmsMessage:
    return SmsMessage.objects.create(
        phone=phone,
        phone_index=phones.index(phone),
        text=fit(text),
        event=event,
        ref=ref,
        created_at=at,
        worthless_at=worthless_at,
    )


def _spent(at: datetime) -> bool:
    return SmsMessage.objects.filter(created_at__gt=at - DAY).count() >= settings.SMS_DAILY_BUDGET


def text_about(event: str, ref: UUID) -> str:
    """The words of the newest message about something; only the demo shows them to anybody."""
    row = SmsMessage.objects.filter(event=event, ref=str(ref)).order_by("-id").first()
    return row.text.open() if row else ""


def forget(*, event: str, before: datetime) -> int:
    """Delete the messages of an event that nobody needs any more."""
    return SmsMessage.objects.filter(event=event, created_at__lt=before).delete()[0]
