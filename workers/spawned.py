"""The way into a process that was started afresh: Django first, then whatever needs its models.

Imports no model, so that a new interpreter can come here before the applications are loaded.
"""

import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any


def pool(processes: int, settle: Callable[..., None], *words: Any) -> ProcessPoolExecutor:
    """Processes that start from nothing, not as copies of this one, and call `settle(*words)` before any work."""
    return ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), _arrive, (pickle.dumps((settle, words)),)
    )


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
