"""Start children that cannot outlive us, and stop them in order."""

import contextlib
import ctypes
import itertools
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import signals
from .places import ROOT
from .say import Problem

LARGEST_LOG = 10_000_000  # bytes; a longer log is put aside when its writer starts
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_started: list[subprocess.Popen] = []


def _die_with_parent(parent: int, signum: int) -> Callable[[], None] | None:
    """Return what a child does before exec, so that the kernel stops it when the launcher is killed."""
    if _libc is None:
        return None

    def before_exec() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signum)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def spawn(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    log: Path,
    stop_signal: int = signal.SIGTERM,
    user: str | None = None,
) -> subprocess.Popen:
    """Start a child in a session of its own, so that Ctrl-C reaches it through us only."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.old"))
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    with log.open("ab") as out, signals.held():
        child = subprocess.Popen(
            [str(word) for word in argv],
            cwd="/" if user else ROOT,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(os.getpid(), stop_signal),
            **as_user,
        )
        _started.append(child)
    return child


def stop(child: subprocess.Popen, signum: int = signal.SIGTERM, *, within: float = 15) -> None:
    """Ask a child to end, then end it with its whole group when it does not, or when we are in a hurry."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(signum)
        patience = time.monotonic() + within
        while child.poll() is None and time.monotonic() < patience and not signals.in_a_hurry():
            time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def stop_stragglers() -> None:
    """Stop what a signal left between its start and the note that it runs."""
    for child in _started:
        if child.poll() is None:
            stop(child, within=5)


def run_quietly(
    argv: Sequence[str | Path], *, env: Mapping[str, str], log: Path, failing: str, user: str | None = None
) -> None:
    """Run a step to its end with its output in a log; a failure becomes one sentence and the log's end."""
    size = log.stat().st_size if log.exists() else 0
    child = spawn(argv, env=env, log=log, user=user)
    try:
        child.wait()
    except signals.Stopped:
        stop(child, within=5)
        raise
    if child.returncode:
        raise Problem(f"{failing}\n{tail(log, since=size)}\n(all of it: {log})")


def run_in_foreground(argv: Sequence[str | Path], *, env: Mapping[str, str]) -> int:
    """Run a command that has the terminal, and return its exit code."""
    with signals.held():
        child = subprocess.Popen(
            [str(word) for word in argv],
            cwd=ROOT,
            env=dict(env),
            preexec_fn=_die_with_parent(os.getpid(), signal.SIGTERM),
        )
    with signals.given_to(child.pid):
        code = child.wait()
    return code if code >= 0 else 128 - code


def tail(log: Path, *, lines: int = 12, since: int = 0) -> str:
    """Return the last lines of a log, indented; of a trace only what went wrong, not where."""
    try:
        with log.open("rb") as file:
            file.seek(since if log.stat().st_size >= since else 0)
            text = file.read().decode(errors="replace")
    except OSError:
        return "  (no log)"
    shown = _without_frames(text.strip().splitlines())[-lines:]
    return "\n".join(f"  {line}" for line in shown) or "  (it said nothing)"


def _without_frames(lines: Sequence[str]) -> list[str]:
    """Leave out a trace's frames, and the earlier traces that led to the last one."""
    starts = [number for number, line in enumerate(lines) if line.startswith("Traceback (most recent call last)")]
    if not starts:
        return list(lines)
    after = list(lines[starts[-1] + 1 :])
    return list(itertools.dropwhile(lambda line: line.startswith(" "), after))
