"""Answers to this room's outbox messages: work for the background is handed to Celery."""

from core import outbox
from core.models import OutboxMessage

from .files.kind import CHANGED, TOPIC
from .services.rules import SIMULATE
from .tasks import look_again, run_file, try_rule


@outbox.handler(TOPIC)
def hand_over_file(message: OutboxMessage) -> None:
    """While Celery's broker is away the message is put off, then retried."""
    run_file.delay(int(message.subject_id))


@outbox.handler(CHANGED)
def hand_over_look(message: OutboxMessage) -> None:
    look_again.delay(int(message.subject_id))


@outbox.handler(SIMULATE)
def hand_over_trial(message: OutboxMessage) -> None:
    try_rule.delay(int(message.subject_id))
