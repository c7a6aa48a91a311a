"""The database restarts, or somebody holds a table: people read a sentence, and the next click works."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.django_db  # pytest makes a database for the portal to be copied from
BUSY = "系统现在很忙"
ANSWERS_WITHIN = 10  # seconds
AT_ONCE = 16  # so that every thread of gunicorn has a connection


def all_at_once(stack, path):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda _n: stack.visitor().get(path), range(AT_ONCE)))


def test_after_a_restart_of_the_database_the_next_request_works(stack):
    phone = "15400000021"
    with stack.running("outbox"):
        assert {answer.status for answer in all_at_once(stack, "/jobs/")} == {200}
        stack.postgres.stop()
        try:
            away = stack.visitor().get("/jobs/")
        finally:
            stack.postgres.start()
        assert (away.status, BUSY in away.text) == (503, True)
        assert {answer.status for answer in all_at_once(stack, "/jobs/")} == {200}
        visitor = stack.visitor()
        visitor.get("/accounts/login/")
        visitor.post("/accounts/login/", phone=phone)
        assert visitor.code(phone)  # the outbox found the database again, too


def test_who_meets_a_locked_table_reads_a_sentence_and_does_not_wait_for_ever(stack):
    visitor, phone = stack.visitor(), "15400000022"
    visitor.get("/accounts/login/")
    started = time.monotonic()
    with stack.database() as link, link.cursor() as cursor, ThreadPoolExecutor(2) as pool:
        cursor.execute("LOCK TABLE jobs_vacancy, accounts_phonecode IN ACCESS EXCLUSIVE MODE")
        reading = pool.submit(stack.visitor().get, "/jobs/")
        writing = pool.submit(visitor.post, "/accounts/login/", phone=phone)
        answers = [reading.result(), writing.result()]
        assert stack.visitor().get("/wages/").seconds < 2  # nobody else waits with them
        link.rollback()
    for answer in answers:
        assert (answer.status, BUSY in answer.text) == (503, True)
        assert answer.seconds < ANSWERS_WITHIN
    print(f"answered after {max(answer.seconds for answer in answers):.1f} s of {time.monotonic() - started:.1f} s")
    assert stack.visitor().get("/jobs/").status == 200
    assert visitor.post("/accounts/login/", phone=phone).path == "/accounts/login/code/confirm/"
