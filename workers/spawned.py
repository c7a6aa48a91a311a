"""The way into a process that was started afresh: Django first, then whatever needs its models.

Imports no model, so that a new interpreter can come here before the applications are loaded.
"""

import multiprocessing
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any


def pool(processes: int, settle: Callable[..., None], *words: Any) -> ProcessPoolExecutor:
    """Processes that start from nothing, not as copies of this one, and call `settle(*words)` before any work."""
    return ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), _arrive, (pickle.dumps((settle, words)),)
    )


def ordered(processes: int, work: Callable[..., Any], items: Sequence[tuple]) -> Iterator[Any]:
    """`work(*item)` for each item, results in the items' order and few of them waiting; here when one process does."""
    if processes < 2 or len(items) < 2:
        yield from (work(*item) for item in items)
        return
    with pool(processes, _nothing) as hands:
        waiting: deque[Future] = deque()
        for item in items:
            waiting.append(hands.submit(work, *item))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _nothing() -> None:
    """No preparation."""


def _arrive(packed: bytes) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import django

    django.setup()
    settle, words = pickle.loads(packed)
    settle(*words)


def _end_with_parent() -> None:
    """A parent that was killed can not say goodbye; nobody would ever end its children."""
    multiprocessing.parent_process().join()
    os._exit(1)
