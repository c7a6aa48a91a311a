"""The answer to prevention's outbox: an alert that an official reported becomes a case."""

from core import outbox
from core.models import OutboxMessage
from sites.services.alerts import REPORTED

from .services import file_alert


@outbox.handler(REPORTED)
def file_report(message: OutboxMessage) -> None:
    file_alert(int(message.subject_id), at=message.drained_at)
