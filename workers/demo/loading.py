"""Loading generated people: a demonstration by this process, a whole city by several at once (see `bulk`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from django.db import connection, transaction

from core.long_work import take_time

from . import bulk, ledger
from .chunks import TABLES
from .population import Generator
from .writing import chunks, reserve, write

# From here on it pays to start processes and to build indexes afterwards.
MANY = 100_000


@dataclass(frozen=True)
class Loaded:
    """How many people were loaded, and how fast."""

    people: int
    seconds: float

    @property
    def rows_per_second(self) -> float:
        return self.people / self.seconds if self.seconds else 0.0


def load(
    people: int,
    generator: Generator,
    *,
    at: datetime,
    processes: int | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> Loaded:
    """Generate and write `people`. The same seed and day give the same people, however many processes write them.

    Inside a transaction, as in a dry run, this process writes everything and all of it can be rolled back.
    """
    began = perf_counter()
    if processes is None:
        processes = bulk.cores() if people >= MANY else 1
    with connection.cursor() as cursor:
        numbering = reserve(cursor, people, at)
    if processes > 1 and not connection.in_atomic_block:
        bulk.finish(bulk.begin(people, generator, numbering), generator, processes=processes, tell=tell)
    else:
        for number, size in chunks(people, generator):
            with transaction.atomic(), connection.cursor() as cursor:
                take_time(cursor)
                write(cursor, generator, number, size, numbering)
            tell(number * generator.chunk + size)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in TABLES)}")
    return Loaded(people, perf_counter() - began)


def unfinished() -> ledger.Task | None:
    """A big load that was interrupted."""
    with connection.cursor() as cursor:
        return ledger.unfinished(cursor)


def resume(
    task: ledger.Task,
    generator: Generator,
    *,
    processes: int | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> Loaded:
    """Finish an interrupted load as it was begun. Its speed counts the people that were missing."""
    if connection.in_atomic_block:
        raise RuntimeError("An interrupted load can be finished only outside of a transaction, so not in a dry run.")
    began = perf_counter()
    written = bulk.finish(task, generator, processes=processes or bulk.cores(), tell=tell)
    return Loaded(written, perf_counter() - began)
