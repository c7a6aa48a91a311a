"""Making the next piece while the last one is written: what computes need not wait for the database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Piece = TypeVar("Piece")


def ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces, each made by a second thread while the one before is used; only one waits.

    The thread speaks the caller's language and may not touch the database, whose connections belong to one thread.
    """
    context, end = copy_context(), object()
    with ThreadPoolExecutor(max_workers=1) as hand:
        coming = hand.submit(context.run, next, pieces, end)
        while (piece := coming.result()) is not end:
            coming = hand.submit(context.run, next, pieces, end)
            yield piece
