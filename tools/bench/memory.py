"""How much memory a piece of work takes: this process, its children and PostgreSQL's, shared pages counted once."""

import os
import threading
from pathlib import Path

_EVERY = 1.0  # seconds


def _proportional(pid: int) -> int:
    """Bytes of a process with its part of shared pages (PSS); 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _parents() -> dict[int, int]:
    """Parent of every process that runs."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return found


def family(root: int, parents: dict[int, int] | None = None) -> set[int]:
    """A process and all its descendants."""
    parents, found = parents or _parents(), {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def server() -> int | None:
    """The process of PostgreSQL that everything of it descends from; None when it runs elsewhere."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return _parents().get(backend) if "postgres" in _name(backend) else None


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


class Peak:
    """A context that looks every second. `bytes` is the most that was seen; `is_whole` says whether of all."""

    def __init__(self) -> None:
        self.bytes = self.server_bytes = self.own_bytes = 0
        self._server = server()
        self._stop = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    @property
    def is_whole(self) -> bool:
        """Whether the database's memory was seen, too."""
        return self.server_bytes > 0

    def __enter__(self) -> "Peak":
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._stop.wait(_EVERY):
            parents = _parents()
            own = sum(map(_proportional, family(os.getpid(), parents)))
            theirs = sum(map(_proportional, family(self._server, parents))) if self._server else 0
            if own + theirs > self.bytes:
                self.bytes, self.own_bytes, self.server_bytes = own + theirs, own, theirs
