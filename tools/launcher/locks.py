"""Who is running: a lock that the system releases, and pid files that may lie."""

import fcntl
import json
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO


@dataclass
class Lock:
    """An flock on a file that also says who holds it. It ends with its process, however that ends."""

    path: Path
    _file: IO[str] | None = field(default=None, repr=False)

    def take(self, *, patience: float = 0.3, **note: object) -> bool:
        """Take the lock and leave a note for others; False when another process keeps it.

        The default patience, in seconds, outlasts somebody who only looks with `holder()`.
        """
        file = open(self.path, "a+")  # noqa: SIM115 - stays open as long as the lock is held
        deadline = time.monotonic() + patience
        while not _locked(file, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                file.close()
                return False
            time.sleep(0.05)
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), **note}))
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def holder(self) -> dict | None:
        """Return the holder's note, {} when it left none, None when nobody holds the lock."""
        if not self.path.exists():
            return None
        with open(self.path) as file:
            return None if _locked(file, fcntl.LOCK_SH) else _note(file.read())


def _locked(file: IO[str], kind: int) -> bool:
    """Take a lock of this kind if it is free at this moment."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(text: str) -> dict:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def pid_in(path: Path) -> int | None:
    """Return the pid on the first line of a pid file, or None when there is no such thing."""
    try:
        first = path.read_text().split("\n", 1)[0].strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(first) if first.isdecimal() and int(first) > 0 else None


def state_and_command(pid: int) -> tuple[str, str] | None:
    """Return a process's state letter and its command line, or None when there is no such process."""
    process = Path(f"/proc/{pid}")
    if Path("/proc/self").exists():
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            return state, (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return None
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, command = answer.stdout.strip().partition(" ")
    return (state[:1], command.strip()) if state else None


def live_pid(path: Path, *words: str) -> int | None:
    """Return the pid in `path` if that process lives and its command line holds all `words`.

    A process that is gone, a zombie, or a stranger who was given the same number makes the file stale.
    """
    pid = pid_in(path)
    found = state_and_command(pid) if pid else None
    if found is None or found[0] == "Z" or not all(word in found[1] for word in words):
        return None
    return pid
