"""Sessions in the database: one statement to read, one to write, and nothing that ended comes back."""

import pytest
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.sessions import SessionStore


@pytest.fixture
def kept(db):
    """The key of a session that holds something."""
    store = SessionStore()
    store["a"] = 1
    store.save()
    return store.session_key


def test_a_key_is_known_at_once_and_written_at_the_end(db):
    store = SessionStore()
    store["a"] = 1
    with CaptureQueriesContext(connection) as asked:
        store.create()
        key = store.session_key
        store["b"] = 2
        store.save()
    assert len(asked) == 1
    assert dict(SessionStore(key).items()) == {"a": 1, "b": 2}


def test_reading_is_one_statement(kept):
    store = SessionStore(kept)
    with CaptureQueriesContext(connection) as asked:
        assert store["a"] == 1
        assert "b" not in store
    assert len(asked) == 1


def test_a_session_moves_to_its_new_key_in_one_statement(kept):
    store = SessionStore(kept)
    assert store["a"] == 1
    store.cycle_key()
    assert SessionStore(kept)["a"] == 1  # a request that fails leaves the session as it was
    with CaptureQueriesContext(connection) as asked:
        store.save()
    assert len(asked) == 1
    assert SessionStore(store.session_key)["a"] == 1
    assert not SessionStore(kept).exists(kept)
    assert Session.objects.count() == 1


def test_what_is_written_already_is_not_written_again(kept):
    store = SessionStore(kept)
    store["b"] = 2
    store.save()
    with CaptureQueriesContext(connection) as asked:
        store.save()
        assert not asked
        store["b"] = 3
        store.save()
    assert len(asked) == 1


def test_a_session_that_was_ended_meanwhile_does_not_come_back(kept):
    store = SessionStore(kept)
    assert store["a"] == 1
    SessionStore(kept).delete()
    store["a"] = 2
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_signing_in_while_the_old_session_is_ended_makes_a_new_one(kept):
    store = SessionStore(kept)
    assert store["a"] == 1
    store.cycle_key()
    SessionStore(kept).delete()
    store.save()
    assert SessionStore(store.session_key)["a"] == 1


def test_flushing_leaves_no_row_whatever_its_key_was_to_become(kept):
    store = SessionStore(kept)
    assert store["a"] == 1
    store.cycle_key()
    store.flush()
    assert not Session.objects.exists()
    store.save()
    assert store.session_key not in (None, kept)


def test_an_unknown_key_is_never_adopted(db):
    store = SessionStore("x" * 32)
    store["a"] = 1
    store.save()
    assert store.session_key != "x" * 32
    assert dict(SessionStore(store.session_key).items()) == {"a": 1}


def test_a_taken_key_is_an_error(kept):
    with pytest.raises(CreateError):
        SessionStore(kept).save(must_create=True)


def test_an_expired_session_opens_nothing(kept):
    Session.objects.update(expire_date="2020-01-01T00:00Z")
    store = SessionStore(kept)
    assert not list(store.items())
    assert store.session_key is None


@pytest.mark.django_db(transaction=True)
def test_only_a_visitors_first_row_does_not_wait_for_the_disk():
    """Lost in a crash it costs a visitor the number typed a moment ago; a sign-in must not be lost."""

    def how(**content):
        store = SessionStore()
        store.update(content)
        with CaptureQueriesContext(connection) as asked:
            store.save()
        assert store.exists(store.session_key)
        return [row["sql"] for row in asked if "synchronous_commit" in row["sql"]]

    def waits():
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
    assert how(a=1) and waits() == "on"
    assert not how(_auth_user_id="1")
    with transaction.atomic():  # what others write is committed with it
        assert not how(a=1) and waits() == "on"
