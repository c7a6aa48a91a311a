"""Keep the processes of a stack alive: start again what ends, with growing patience, and say so."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import processes
from .places import Places
from .say import Problem, say

LONGEST_WAIT = 30  # seconds between two attempts
HEALTHY_AFTER = 60  # seconds; earlier deaths are forgotten then
VITAL_DEATHS = 3  # a vital process that ends so often in a row stops the stack


@dataclass
class Watched:
    """A process and how to start it again."""

    name: str
    log: Path
    start: Callable[[], subprocess.Popen]
    vital: bool
    child: subprocess.Popen
    started_at: float
    deaths: int = 0
    again_at: float | None = None

    def look(self, now: float) -> None:
        """Notice an end, or start again when it is time."""
        if self.again_at is None and self.child.poll() is not None:
            self._ended(now)
        elif self.again_at is not None and now >= self.again_at:
            self.child, self.started_at, self.again_at = self.start(), now, None

    def _ended(self, now: float) -> None:
        self.deaths = 1 if now - self.started_at > HEALTHY_AFTER else self.deaths + 1
        if self.vital and self.deaths >= VITAL_DEATHS:
            raise Problem(f"{self.name} ended {self.deaths} times in a row:\n{processes.tail(self.log)}")
        wait = min(LONGEST_WAIT, 2 ** (self.deaths - 1))
        self.again_at = now + wait
        say(f"{self.name} ended ({ending(self.child.returncode)}); starting it again in {wait} s. Log: {self.log}")


class Watch:
    """The processes of one stack; a context that stops those it started."""

    def __init__(self, places: Places, env: Mapping[str, str]) -> None:
        self.places, self.env = places, env
        self.watched: list[Watched] = []
        self.started: list[Watched] = []

    def __enter__(self) -> "Watch":
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.started:
            if one.child.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    one.child.send_signal(signal.SIGTERM)
        for one in reversed(self.started):
            processes.stop(one.child)

    def start(self, name: str, argv: Sequence[str | Path], *, vital: bool = False) -> None:
        """Start a process of the portal and look after it."""
        log = self.places.log(name)

        def again() -> subprocess.Popen:
            return processes.spawn(argv, env=self.env, log=log)

        self.started.append(self.follow(name, log, again, again(), vital=vital))

    def follow(
        self,
        name: str,
        log: Path,
        start: Callable[[], subprocess.Popen],
        child: subprocess.Popen,
        *,
        vital: bool = False,
    ) -> Watched:
        """Look after a process that somebody else started, and stops."""
        one = Watched(name, log, start, vital, child, started_at=time.monotonic())
        self.watched.append(one)
        return one

    def look(self) -> None:
        """Notice what ended, and start again what is due."""
        now = time.monotonic()
        for one in self.watched:
            one.look(now)


def ending(code: int) -> str:
    """Say how a process ended."""
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
