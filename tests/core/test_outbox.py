"""Messages leave after the commit, survive failing handlers, and never block each other."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.models import User
from core import outbox
from core.models import OutboxMessage, Submission
from core.tasks import drain_outbox, forget_delivered
from tests.races import at_once


@pytest.fixture
def handled(monkeypatch):
    """A topic whose handler notes the message ids it saw."""
    seen = []
    monkeypatch.setitem(outbox._handlers, "test.topic", [lambda message: seen.append(message.pk)])
    return seen


@pytest.fixture
def subject(db):
    return User.objects.create(username="subject")


def test_a_message_is_delivered_once(subject, handled, at):
    message = outbox.put("test.topic", subject, at=at, kind="x")
    assert outbox.drain(at=at) == 1
    assert outbox.drain(at=at) == 0
    assert handled == [message.pk]


def test_a_rolled_back_cause_leaves_no_message(subject, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.put("test.topic", subject, at=at)
        raise RuntimeError
    assert not OutboxMessage.objects.exists()


def test_a_poisonous_message_waits_longer_each_time_and_blocks_nobody(subject, handled, at, monkeypatch):
    def explode(message):
        User.objects.create(username=f"half-done-{message.pk}")
        raise ValueError("poison")

    monkeypatch.setitem(outbox._handlers, "test.poison", [explode])
    poison = outbox.put("test.poison", subject, at=at)
    good = outbox.put("test.topic", subject, at=at)
    assert outbox.drain(at=at) == 1
    assert handled == [good.pk]
    poison.refresh_from_db()
    assert (poison.attempts, poison.done_at) == (1, None)
    assert "poison" in poison.last_error
    assert not User.objects.filter(username__startswith="half-done").exists()
    first_pause = poison.due_at - at
    outbox.drain(at=poison.due_at)
    poison.refresh_from_db()
    assert poison.due_at - (at + first_pause) > first_pause


def test_a_day_old_message_becomes_visible_to_officials(subject, at):
    message = outbox.put("test.topic", subject, at=at)
    everything = OutboxMessage.objects.all()
    assert list(outbox.stuck(everything, at=at + timedelta(hours=23))) == []
    assert list(outbox.stuck(everything, at=at + timedelta(hours=25))) == [message]


def test_two_drains_at_once_deliver_each_message_once(transactional_db, handled, at):
    subject = User.objects.create(username="parallel")
    for _ in range(60):
        outbox.put("test.topic", subject, at=at)

    at_once(*[lambda: outbox.drain(at=at)] * 4)
    assert len(handled) == len(set(handled)) == 60


def test_waiting_ends_as_soon_as_a_message_is_put(transactional_db, handled, at):
    subject = User.objects.create(username="waiting")
    outbox.wait(0.01)  # listens from here on

    def put_elsewhere():
        outbox.put("test.topic", subject, at=at)
        connection.close()

    thread = threading.Timer(0.2, put_elsewhere)
    thread.start()
    outbox.wait(30)
    thread.join()
    assert outbox.drain(at=at) == 1


def test_what_was_delivered_long_ago_is_forgotten_and_what_waits_is_not(db, at, monkeypatch):
    old, fresh = at, at + timedelta(days=31)
    for done_at in (old, fresh, None):
        OutboxMessage.objects.create(topic="test", subject_type="x", subject_id="1", created_at=old, due_at=old)
        OutboxMessage.objects.filter(pk=OutboxMessage.objects.latest("pk").pk).update(done_at=done_at)
    Submission.objects.create(key="k", actor="a", purpose="p", body_digest=b"d", result="r", created_at=old)
    monkeypatch.setattr("core.tasks.timezone.now", lambda: fresh)
    forget_delivered()
    assert list(OutboxMessage.objects.order_by("pk").values_list("done_at", flat=True)) == [fresh, None]
    assert not Submission.objects.exists()


def test_slow_work_has_a_lane_of_its_own(subject, handled, at, monkeypatch):
    built = []
    monkeypatch.setitem(outbox._handlers, "test.slow", [lambda message: built.append(message.pk)])
    monkeypatch.setattr(outbox, "_slow", {"test.slow"})
    slow = outbox.put("test.slow", subject, at=at)
    quick = outbox.put("test.topic", subject, at=at)
    assert outbox.drain(at=at, slow=False) == 1
    assert (handled, built) == ([quick.pk], [])
    assert outbox.drain(at=at, slow=True) == 1
    assert built == [slow.pk]


class Killed(BaseException):
    """Ends the process; nothing catches it."""


def test_a_try_that_ends_with_its_process_is_counted_and_put_off(subject, at, monkeypatch):
    def die(message):
        User.objects.create(username="half-done")
        raise Killed

    monkeypatch.setitem(outbox._handlers, "test.slow", [die])
    monkeypatch.setattr(outbox, "_slow", {"test.slow"})
    message = outbox.put("test.slow", subject, at=at)
    with pytest.raises(Killed):
        outbox.drain(at=at)
    message.refresh_from_db()
    assert (message.attempts, message.done_at) == (1, None)
    assert message.due_at > at
    assert not User.objects.filter(username="half-done").exists()
    assert outbox.drain(at=at) == 0


def test_slow_handlers_read_how_many_tries_came_before(subject, at, monkeypatch):
    seen = []

    def fail_once(message):
        seen.append(message.attempts)
        if len(seen) == 1:
            raise ValueError

    monkeypatch.setitem(outbox._handlers, "test.slow", [fail_once])
    monkeypatch.setattr(outbox, "_slow", {"test.slow"})
    message = outbox.put("test.slow", subject, at=at)
    outbox.drain(at=at)
    message.refresh_from_db()
    assert "ValueError" in message.last_error
    assert outbox.drain(at=message.due_at) == 1
    message.refresh_from_db()
    assert (seen, message.attempts) == ([0, 1], 2)


def test_the_safety_net_leaves_slow_work_to_the_process_of_its_own(subject, handled, at, monkeypatch):
    """A task has a time limit, and what it cuts off would count as a failed try."""
    monkeypatch.setitem(outbox._handlers, "test.slow", [lambda message: handled.append(message.pk)])
    monkeypatch.setattr(outbox, "_slow", {"test.slow"})
    monkeypatch.setattr("core.tasks.timezone.now", lambda: at)
    outbox.put("test.slow", subject, at=at)
    quick = outbox.put("test.topic", subject, at=at)
    assert drain_outbox() == 1
    assert handled == [quick.pk]


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_code_does_not_wait_for_a_report_that_is_being_built(monkeypatch, at):
    """The process that drains for ever: what is quick leaves while something slow is still going on."""
    import signal

    from core.management.commands import drain_outbox

    monkeypatch.setattr(signal, "signal", lambda *args: None)  # only a main thread may ask for signals
    monkeypatch.setattr(drain_outbox.timezone, "now", lambda: at)
    slow_began, quick_left = threading.Event(), threading.Event()

    def build(message):
        slow_began.set()
        assert quick_left.wait(10), "the quick message waited for the slow one"

    monkeypatch.setitem(outbox._handlers, "test.slow", [build])
    monkeypatch.setitem(outbox._handlers, "test.quick", [lambda message: quick_left.set()])
    monkeypatch.setattr(outbox, "_slow", {"test.slow"})
    subject = User.objects.create(username="subject")
    slow = outbox.put("test.slow", subject, at=at)
    command = drain_outbox.Command()

    def forever():
        try:
            command.handle(forever=True)
        finally:
            connection.close()

    process = threading.Thread(target=forever)
    process.start()
    assert slow_began.wait(10)
    outbox.put("test.quick", subject, at=at)
    assert quick_left.wait(10)
    command.running = False
    process.join(10)
    assert not process.is_alive()
    slow.refresh_from_db()
    assert (slow.done_at, slow.attempts) == (at, 1)
