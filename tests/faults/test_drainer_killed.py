"""The process that delivers is killed in the middle of a batch: nothing is lost, nothing comes twice."""

import fcntl
import signal
import time
from collections import Counter

import pytest

from .visitor import PATIENCE, messages

pytestmark = pytest.mark.django_db  # pytest makes a database for the portal to be copied from
PHONES = [f"154000001{n:02}" for n in range(25)]


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_killed_drainer_loses_and_doubles_nothing(stack):
    def sent():
        return [line["to"] for line in messages(stack.sink) if line["to"] in PHONES]

    for phone in PHONES:
        visitor = stack.visitor()
        visitor.get("/accounts/login/")
        assert visitor.post("/accounts/login/", phone=phone).path == "/accounts/login/code/confirm/"
    with stack.running("outbox") as drainer:
        wait_for(lambda: len(sent()) >= 5)
        with stack.sink.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # the next message waits in the middle of its transaction
            wait_for(lambda: blocked(stack))
            before = len(sent())
            drainer.send_signal(signal.SIGKILL)
            drainer.wait()
    assert 5 <= before < len(PHONES)
    assert outbox(stack) == (before, len(PHONES) - before)
    with stack.running("outbox"):
        wait_for(lambda: outbox(stack) == (len(PHONES), 0))
    print(f"killed after {before} of {len(PHONES)}; then {len(sent())} messages to {len(set(sent()))} phones")
    assert Counter(sent()) == dict.fromkeys(PHONES, 1)
    assert tries(stack) == {1}


def blocked(stack):
    """Whether the drainer waits inside a message: its transaction has been idle for a while."""
    return ask(
        stack,
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
        " AND state_change < now() - interval '0.2 s' AND query LIKE '%%accounts_smsmessage%%'",
    ) == [(1,)]


def outbox(stack):
    """How many of the messages are done, and how many wait."""
    return ask(
        stack,
        "SELECT count(o.done_at), count(*) - count(o.done_at) FROM core_outboxmessage o JOIN accounts_smsmessage s"
        " ON o.subject_id = s.id::text AND o.topic = 'accounts.sms' WHERE s.phone_index = ANY(%s)",
    )[0]


def tries(stack):
    return {row[0] for row in ask(stack, "SELECT attempts FROM accounts_smsmessage WHERE phone_index = ANY(%s)")}


def ask(stack, sql):
    """Rows about our phones."""
    from accounts import phones

    with stack.database() as link, link.cursor() as cursor:
        cursor.execute(sql, [[phones.index(phone) for phone in PHONES]] if "%s" in sql else None)
        return cursor.fetchall()
