"""The two servers that the portal leans on: those that the environment names, else ours."""

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from . import environment
from .locks import Lock
from .places import Places, main_places, throwaway_places
from .postgres import KEPT, THROWAWAY, Postgres
from .say import Problem, say
from .valkey import Valkey

DATABASE = "yugongtong"


class Servers:
    """PostgreSQL and Valkey for one stack; a context that stops whatever it started."""

    def __init__(self, places: Places, venv: Path, name: str, settings: Mapping[str, str] = KEPT) -> None:
        self.places = places
        self.postgres = None if os.environ.get("DATABASE_URL") else Postgres(places, name, venv, settings)
        self.valkey = None if os.environ.get("REDIS_URL") else Valkey(places, venv)

    @property
    def ours(self) -> list[Postgres | Valkey]:
        return [server for server in (self.postgres, self.valkey) if server]

    @property
    def addresses(self) -> dict[str, str]:
        """Return the environment names of the servers that are ours."""
        found = {}
        if self.postgres:
            found["DATABASE_URL"] = self.postgres.url(DATABASE)
        if self.valkey:
            found["REDIS_URL"] = self.valkey.url
        return found

    def wait_until_up(self) -> None:
        """Wait for servers that another command is starting."""
        deadline = time.monotonic() + 60
        while not all(server.socket.exists() for server in self.ours):
            if time.monotonic() > deadline:
                raise Problem("Another command holds the servers, but they do not come up; see var/log/.")
            time.sleep(0.1)

    def __enter__(self) -> "Servers":
        try:
            for server in self.ours:
                server.start()
            if self.postgres:
                self.postgres.create_database(DATABASE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for server in reversed(self.ours):
            server.stop()


class Throwaway:
    """A stack of its own that is deleted after use, so that tests run beside a running portal."""

    def __init__(self, purpose: str, venv: Path, settings: Mapping[str, str] = THROWAWAY) -> None:
        self.main = main_places()
        _sweep(self.main)
        self.places = throwaway_places(self.main, f"{purpose}-{os.getpid()}")
        self.lock = Lock(self.places.var / "lock")
        self.servers = Servers(self.places, venv, "data", settings)

    def __enter__(self) -> "Throwaway":
        self.lock.take()
        try:
            self.servers.__enter__()
        except BaseException:
            self._delete()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.servers.__exit__()
        self._delete()

    def _delete(self) -> None:
        self.lock.release()
        for folder in (self.places.servers, self.places.var, self.places.sockets):
            shutil.rmtree(folder, ignore_errors=True)

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of this stack's children: the development keys, no names of the shell."""
        ours = {"DEBUG": "1", "VAR_DIR": str(self.places.var), **more}
        shell = environment.for_children(self.servers.addresses, keep_portal_names=False)
        return {**shell, **ours}


def _sweep(main: Places) -> None:
    """Delete what killed commands left: throw-away folders whose lock nobody holds."""
    for folder in (main.var / "throwaway").glob("*-*"):
        if (folder / "lock").exists() and Lock(folder / "lock").holder() is None:
            shutil.rmtree(main.servers / "throwaway" / folder.name, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)


def kept(places: Places, venv: Path, stack: str) -> Servers:
    """Return the servers of this checkout. Data sealed with keys that are gone goes, too."""
    for data in places.servers.glob("postgres*-*"):
        if data.is_dir() and not data.name.endswith(f"-{stack}"):
            say(f"Deleting {data}: it was made with secrets that var/dev.env no longer holds.")
            shutil.rmtree(data)
    return Servers(places, venv, stack)


def refuse_foreign_database(what: str) -> None:
    if os.environ.get("DATABASE_URL"):
        raise Problem(f"{what} works on the embedded database only, and DATABASE_URL names another one.")
