"""Health probes: cheap enough to ask every second, and never ready with a database that is behind the code."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal.views import health


@pytest.fixture(autouse=True)
def fresh_process():
    """As if the process had just started."""
    health.required_migrations.cache_clear()
    yield
    health.required_migrations.cache_clear()


@pytest.fixture
def loads(monkeypatch):
    """How often the migration files were read from disk."""
    counted = []
    original = MigrationLoader.build_graph

    def build_graph(self):
        counted.append(1)
        original(self)

    monkeypatch.setattr(MigrationLoader, "build_graph", build_graph)
    return counted


def test_alive_is_said_without_the_database(client):
    """No `db` fixture: a query would fail this test."""
    assert client.get("/healthz").content == b"ok"


def test_ready_when_every_migration_is_applied(client, db):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready")


def test_the_files_are_read_once_and_each_probe_asks_two_small_queries(client, db, loads, django_assert_num_queries):
    for _ in range(5):
        with django_assert_num_queries(2):  # is there a table of migrations, and what stands in it
            assert client.get("/readyz").status_code == 200
    assert len(loads) == 1


def test_a_database_that_is_behind_is_not_ready_at_the_start_nor_later(client, db, loads):
    """A process that was ready learns of a database that was set back, and of one that caught up."""
    last = MigrationRecorder.Migration.objects.get(app="accounts", name="0001_initial")
    assert client.get("/readyz").status_code == 200
    last.delete()
    behind = client.get("/readyz")
    assert (behind.status_code, behind.content) == (503, b"1 migrations missing")
    MigrationRecorder(connection).record_applied("accounts", "0001_initial")
    assert client.get("/readyz").status_code == 200
    assert len(loads) == 1


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_a_reason_and_no_failure(client, monkeypatch, error):
    def away(self):
        raise error("gone")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database unavailable")
