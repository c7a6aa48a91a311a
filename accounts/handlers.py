"""Answers to outbox messages."""

from core import outbox
from core.models import OutboxMessage

from . import sms


@outbox.handler("accounts.sms")
def send_sms(message: OutboxMessage) -> None:
    sms.deliver(int(message.subject_id), at=message.drained_at)
