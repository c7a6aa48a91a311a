"""Sending what was queued, and remembering what became of it."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from core import outbox, rows

from ..enums import SMS_TRIES, SmsState
from ..models import SmsMessage
from .base import NotSent, Outgoing, Provider
from .queueing import TOPIC

PROVIDERS = {"file": "accounts.sms.file_sink.FileSink", "aliyun": "accounts.sms.aliyun.Aliyun"}
FIRST_PAUSE = timedelta(seconds=4)

logger = logging.getLogger(__name__)


def provider() -> Provider:
    """The way out that `SMS_PROVIDER` names."""
    return import_string(PROVIDERS[settings.SMS_PROVIDER])()


def deliver(pk: int, *, at: datetime) -> None:
    """Send one queued message; safe to call again. A failure is noted on the row and tried again later."""
    row = rows.first(SmsMessage, "id = %s AND state = %s FOR UPDATE", [pk, SmsState.QUEUED])
    if row is None:
        return
    row.attempts += 1
    if row.worthless_at and row.worthless_at <= at:
        _give_up(row, "过时未发")
    else:
        _try(row, at)
    row.save(update_fields=["state", "attempts", "provider_id", "error", "sent_at"])


def _try(row: SmsMessage, at: datetime) -> None:
    message = Outgoing(key=row.uuid.hex, to=row.phone.open(), text=row.text.open(), event=row.event, ref=row.ref, at=at)
    try:
        row.provider_id = provider().send(message)
    except NotSent as failure:
        logger.warning("message %s was not sent: %s", row.pk, failure)
        if failure.final or row.attempts >= SMS_TRIES:
            _give_up(row, str(failure))
        else:
            row.error = str(failure)[:200]
            outbox.put(TOPIC, row, at=at + FIRST_PAUSE * 4 ** (row.attempts - 1))
    else:
        row.state, row.sent_at, row.error = SmsState.SENT, at, ""


def _give_up(row: SmsMessage, reason: str) -> None:
    row.state, row.error = SmsState.FAILED, reason[:200]
