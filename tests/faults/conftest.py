"""A whole portal of its own: servers that a test may freeze, kill and restart, and gunicorn in front of them.

It never touches the servers of DATABASE_URL and REDIS_URL: those belong to somebody else.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tools.launcher import portal, processes, venv
from tools.launcher.postgres import USER
from tools.launcher.servers import DATABASE, Throwaway

from .visitor import Visitor

NAMED_SERVERS = ("DATABASE_URL", "REDIS_URL")


class Stack:
    """The throw-away servers and the web processes that lean on them."""

    def __init__(self, throwaway: Throwaway) -> None:
        self.places = throwaway.places
        self.postgres, self.valkey = throwaway.servers.postgres, throwaway.servers.valkey
        # A proxy that nobody put there lets every visitor come from an address of their own.
        env = throwaway.environment(TRUSTED_PROXIES="1")
        self.portal = portal.Portal(self.places, Path(sys.executable), env, portal.free_port())

    @property
    def sink(self) -> Path:
        return self.places.var / "sms.jsonl"

    def visitor(self) -> Visitor:
        return Visitor(self.portal.port, self.sink)

    @contextmanager
    def running(self, name: str) -> Iterator:
        """One of the portal's processes, as `make run` starts it."""
        command, log = self.portal.commands()[name], self.places.log(name)
        child = processes.spawn(command, env=self.portal.env, log=log)
        try:
            yield child
        finally:
            processes.stop(child, signal.SIGKILL)

    @contextmanager
    def database(self, name: str = DATABASE) -> Iterator:
        """A connection of somebody else's to the same database, or to another one."""
        link = psycopg2.connect(self.postgres.url(name))
        try:
            yield link
        finally:
            link.close()

    def copy_of_the_test_database(self) -> bool:
        """Fill the database from the one that pytest made; migrating once more takes fifteen seconds of work.

        False where that one's server is newer than our programs.
        """
        theirs = connection.settings_dict
        source = {
            "host": theirs["HOST"] or theirs["OPTIONS"].get("host"),
            "port": theirs["PORT"],
            "user": theirs["USER"],
        }
        where = [f"--{name}={value}" for name, value in source.items() if value]
        env = {**os.environ, "PGPASSWORD": theirs["PASSWORD"], "LC_ALL": "C"}
        return self.restore([*where, "--no-owner", theirs["NAME"]], DATABASE, env=env)

    def where(self) -> list[str]:
        return [f"--host={self.places.sockets}", f"--username={USER}"]

    def restore(self, dumped: list[str], into: str, *, env: Mapping[str, str] | None = None) -> bool:
        """Load what pg_dump writes into a database of ours; the first error ends the test. False without a dump."""
        dump = [self.postgres.binaries / "pg_dump", *dumped]
        read = subprocess.run(dump, env=env or self.postgres.env, capture_output=True, check=False)
        if read.returncode:
            return False
        address = f"host={self.places.sockets} user={USER} dbname={into}"
        load = [self.postgres.binaries / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, address]
        loaded = subprocess.run(load, env=self.postgres.env, input=read.stdout, capture_output=True, check=False)
        assert loaded.returncode == 0, loaded.stderr.decode()
        return True


@pytest.fixture(scope="session")
def stack(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as shell:
        for name in NAMED_SERVERS:
            shell.delenv(name, raising=False)
        throwaway = Throwaway("faults", venv.VENV)
        made = Stack(throwaway)
    with throwaway:
        with django_db_blocker.unblock():
            copied = made.copy_of_the_test_database()
        if not copied:
            made.portal.manage("migrate", "--no-input", failing="The database could not be made:")
        with made.running("web") as web:
            made.portal.wait_until_ready(lambda: _refuse_dead(web))
            yield made


def _refuse_dead(web) -> None:
    assert web.poll() is None, "gunicorn ended"
