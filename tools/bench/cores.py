"""Keeping a server to some of the machine's cores, so that a figure says what it says: on two cores."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from .memory import family, server


@contextmanager
def first(number: int, *more: int) -> Iterator[bool]:
    """This process, PostgreSQL and what they start run on the first `number` cores; yields whether that could be done.

    Whoever asks the server must free itself again with `elsewhere`.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield False
        return
    before = os.sched_getaffinity(0)
    few = set(sorted(before)[:number])
    postgres = server()
    try:
        pinned = postgres is not None and all(_pin(pid, few) for pid in family(postgres))
        os.sched_setaffinity(0, few)
        yield pinned
    finally:
        os.sched_setaffinity(0, before)
        for pid in family(postgres) if postgres else ():
            _pin(pid, before)


def elsewhere(number: int) -> None:
    """The asking side keeps away from the first `number` cores where there are more."""
    if hasattr(os, "sched_setaffinity"):
        every = sorted(range(os.cpu_count() or 1))
        os.sched_setaffinity(0, set(every[number:]) or set(every))


def _pin(pid: int, cores: set[int]) -> bool:
    try:
        os.sched_setaffinity(pid, cores)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return True
