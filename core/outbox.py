"""The outbox: a row in the transaction of its cause, delivered afterwards and at least once.

`on_commit(task.delay)` is no substitute: with the broker down the row is committed and the person sees an
error, so people submit twice. Delivery needs no broker: `drain_outbox --forever` listens to PostgreSQL.
"""

import logging
import select
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from . import rows
from .audit import subject_type
from .logs import without_personal_data
from .models import OutboxMessage

CHANNEL, SLOW_CHANNEL = "outbox", "outbox_slow"
LONGEST_PAUSE = timedelta(hours=1)
STUCK_AFTER = timedelta(hours=24)

_OLDEST = " ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
_DUE = {
    None: "done_at IS NULL AND due_at <= %s" + _OLDEST,
    True: "done_at IS NULL AND due_at <= %s AND topic = ANY (%s)" + _OLDEST,
    False: "done_at IS NULL AND due_at <= %s AND topic <> ALL (%s)" + _OLDEST,
}
_DONE = "UPDATE core_outboxmessage SET done_at = %s, attempts = %s WHERE id = %s"

logger = logging.getLogger(__name__)
Handler = Callable[[OutboxMessage], None]
_handlers: dict[str, list[Handler]] = {}
_slow: set[str] = set()


def put(topic: str, subject: models.Model, *, at: datetime, **payload) -> OutboxMessage:
    """Queue a message in the current transaction. `payload` holds ids and codes, never personal data."""
    message = OutboxMessage(
        topic=topic,
        subject_type=subject_type(subject),
        subject_id=str(subject.pk),
        payload=payload,
        created_at=at,
        due_at=at,
    )
    # Delivered by PostgreSQL at commit.
    return rows.add(message, after=f"NOTIFY {SLOW_CHANNEL if topic in _slow else CHANNEL}")


def handler(topic: str, *, slow: bool = False) -> Callable[[Handler], Handler]:
    """Register an idempotent function for a topic; it runs in the transaction that marks the message done.

    Work of seconds is `slow`: its messages have a lane of their own, so that no sign-in code waits behind them, and
    each try is counted before it begins.
    """

    def register(function: Handler) -> Handler:
        if slow:
            _slow.add(topic)
        _handlers.setdefault(topic, []).append(function)
        return function

    return register


def topics() -> set[str]:
    """The topics somebody answers to."""
    return set(_handlers)


def drain(*, at: datetime, limit: int = 500, slow: bool | None = None) -> int:
    """Deliver due messages one by one and return how many succeeded; `slow` names one lane, None takes both.

    Rows that another process holds are skipped; a failing message is put off and does not block the others.
    """
    delivered = 0
    for _ in range(limit):
        outcome = _deliver_next(at, slow)
        if outcome is None:
            break
        delivered += outcome
    return delivered


def _deliver_next(at: datetime, slow: bool | None) -> bool | None:
    """True when one was delivered, False when it failed and was put off, None when nothing is due."""
    with transaction.atomic():
        message = rows.first(OutboxMessage, _DUE[slow], [at] if slow is None else [at, list(_slow)])
        if message is None:
            return None
        if message.topic not in _slow:
            return _deliver(message, at)
        _count(message, at)  # committed before the work: a try that ends with its process counts too
    with transaction.atomic():
        tried = message.attempts + 1
        own = OutboxMessage.objects.select_for_update(skip_locked=True)
        held = own.filter(pk=message.pk, attempts=tried, done_at__isnull=True).first()
        return held is not None and _deliver(message, at)


def _deliver(message: OutboxMessage, at: datetime) -> bool:
    """Run the handlers on a message whose row is held; they read in `attempts` how many tries came before."""
    message.drained_at = at  # the handlers' clock
    try:
        with transaction.atomic():
            for function in _handlers.get(message.topic, ()):
                function(message)
    except Exception as error:  # whatever a handler raises must not stop the other messages
        _put_off(message, error, at)
        return False
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [at, message.attempts + 1, message.pk])
    return True


def _put_off(message: OutboxMessage, error: Exception, at: datetime) -> None:
    logger.warning("outbox message %s (%s) failed: %s", message.pk, message.topic, type(error).__name__, exc_info=error)
    said = without_personal_data(f"{type(error).__name__}: {error}")
    _count(message, at, last_error=said[:500])


def _count(message: OutboxMessage, at: datetime, **changes: str) -> None:
    """One more try, and the next one after a pause that grows with each."""
    attempts = message.attempts + 1
    pause = min(timedelta(seconds=2 ** min(attempts, 12)), LONGEST_PAUSE)
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=attempts, due_at=at + pause, **changes)


def stuck(messages: models.QuerySet[OutboxMessage], *, at: datetime) -> models.QuerySet[OutboxMessage]:
    """Those of the messages that somebody must look at: undelivered a day after they were written."""
    return messages.filter(done_at__isnull=True, created_at__lt=at - STUCK_AFTER)


def forget(*, before: datetime) -> int:
    """Delete messages that were delivered long ago."""
    return OutboxMessage.objects.filter(done_at__lt=before).delete()[0]


def wait(seconds: float, *, slow: bool | None = None) -> bool:
    """Sleep until a message of the lane is put (None: of either) or `seconds` have passed; whether one was.

    Raises `DatabaseError` when the link is lost.
    """
    link = _listening({True: [SLOW_CHANNEL], False: [CHANNEL], None: [CHANNEL, SLOW_CHANNEL]}[slow])
    # What came while the last messages were delivered has been read already, and the socket is silent.
    if not link.notifies and select.select([link], [], [], seconds)[0]:
        link.poll()
    was_told = bool(link.notifies)
    link.notifies.clear()
    return was_told


def _listening(channels: list[str]) -> Any:
    """The connection to PostgreSQL, told once that it listens."""
    connection.ensure_connection()
    known = getattr(connection, "listens", None)
    if known != (connection.connection, channels):
        with connection.cursor() as cursor:
            cursor.execute("; ".join(f"LISTEN {channel}" for channel in channels))
        connection.listens = (connection.connection, channels)
    return connection.connection
