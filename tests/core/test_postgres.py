"""Whether a connection that rested is still good, mostly without asking the server."""

import psycopg2
import pytest
from django.db import connection

from core.postgres import base


@pytest.fixture
def rested(transactional_db):
    """The connection as a request finds it."""
    connection.ensure_connection()
    assert connection.is_usable()
    return connection


@pytest.fixture
def questions(monkeypatch):
    asked = []
    original = base.base.DatabaseWrapper.is_usable
    monkeypatch.setattr(base.base.DatabaseWrapper, "is_usable", lambda self: asked.append(1) or original(self))
    return asked


def test_a_connection_that_was_just_used_is_not_asked(rested, questions):
    assert rested.is_usable()
    assert not questions


def test_one_that_rested_is_asked(rested, questions, monkeypatch):
    monkeypatch.setattr(base, "BELIEVED_FOR", 0.0)
    assert rested.is_usable()
    assert questions


def test_one_that_the_server_closed_is_noticed(rested):
    other = psycopg2.connect(rested.connection.dsn, password=rested.settings_dict["PASSWORD"])
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [rested.connection.get_backend_pid()])
    other.close()
    assert not rested.is_usable()
    rested.close()


def test_a_notification_that_waits_is_no_farewell(rested):
    with rested.cursor() as cursor:
        cursor.execute("LISTEN test_postgres")
    other = psycopg2.connect(rested.connection.dsn, password=rested.settings_dict["PASSWORD"])
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute("NOTIFY test_postgres")
    other.close()
    assert rested.is_usable()
    rested.close()
