"""Ctrl-C, SIGTERM and a closed terminal: stop once and in order; the second time, at once."""

import contextlib
import os
import signal
from collections.abc import Iterator
from types import FrameType


class Stopped(BaseException):
    """Somebody asked the launcher to stop. Not an Exception, so that nothing swallows it."""


class _State:
    asked = False  # the first request came
    hurry = False  # the second one, too
    held = False  # a child is just being started
    pending = False  # the first request came meanwhile
    had_terminal = False
    foreground: int | None = None  # a child that has the terminal, and the signals


def _handle(signum: int, _frame: FrameType | None) -> None:
    if _State.foreground is not None:
        # The terminal has sent Ctrl-C to both of us already.
        if signum != signal.SIGINT:
            with contextlib.suppress(ProcessLookupError):
                os.kill(_State.foreground, signum)
    elif _State.asked:
        _State.hurry = True
    else:
        _State.asked = True
        if not _State.held:
            raise Stopped
        _State.pending = True


def listen() -> None:
    """Take the signals that ask us to stop, but for those that `nohup` had us ignore."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(signum) is not signal.SIG_IGN:
            signal.signal(signum, _handle)
    _State.had_terminal = os.isatty(1)


def stop_without_terminal() -> None:
    """Stop when the terminal that we speak to was closed.

    Its hang-up reaches only the session's leader. Where that is `make`, it waits for us instead of passing it on.
    """
    if _State.had_terminal and not os.isatty(1):
        raise Stopped


def in_a_hurry() -> bool:
    """Tell whether the person asked a second time."""
    return _State.hurry


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let no signal come between the start of a child and the note that it runs."""
    _State.held = True
    try:
        yield
    finally:
        _State.held = False
    if _State.pending:
        _State.pending = False
        raise Stopped


@contextlib.contextmanager
def given_to(pid: int) -> Iterator[None]:
    """Leave the signals to a child that works in the foreground."""
    _State.foreground = pid
    try:
        yield
    finally:
        _State.foreground = None
