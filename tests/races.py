"""Races: acts at the same moment, each on a connection of its own, and a wait that makes losing one certain."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import IntegrityError, connection, connections

from core.errors import Refusal


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What came of each act, in their order; a refusal or a broken constraint stands as itself."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        except (Refusal, IntegrityError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def passed(outcomes: list[Any]) -> list[Any]:
    """What got through."""
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


def meeting(people: int, *, patience: float = 30) -> Callable[..., None]:
    """A place to wait for the others, for the negative control: nobody writes before everybody has read.

    `patience` in seconds; who has waited so long goes on alone, as they must where a lock lets one in at a time.
    """
    barrier = threading.Barrier(people)

    def wait(*_asked: Any) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=patience)

    return wait


def meet_after(read: Callable[..., Any], people: int, *, patience: float = 30) -> Callable[..., Any]:
    """`read`, after which everybody waits for the others."""
    wait = meeting(people, patience=patience)

    def read_and_wait(*args: Any, **kwargs: Any) -> Any:
        found = read(*args, **kwargs)
        wait()
        return found

    return read_and_wait
