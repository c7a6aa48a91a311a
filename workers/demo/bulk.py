"""A whole city's population, written by several processes at once: each draws, seals and copies chunks of its own."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, as_completed
from typing import Any

import psycopg2
from django.db import connection, transaction

from core.long_work import take_time

from .. import spawned
from . import ledger
from .chunks import TABLES, Numbering
from .population import Generator
from .writing import chunks, write

# For each index that is being built; a few at a time must fit beside everything else.
BUILD_MEMORY = "256MB"


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begin(people: int, generator: Generator, numbering: Numbering) -> ledger.Task:
    """Note a load in the ledger before anything of it is written."""
    task = ledger.Task(people, generator.seed, generator.chunk, numbering)
    with transaction.atomic(), connection.cursor() as cursor:
        take_time(cursor)
        ledger.open_for(cursor, task)
    return task


def finish(task: ledger.Task, generator: Generator, *, processes: int, tell: Callable[[int], None]) -> int:
    """Write the chunks that are missing, then build what was set aside. Returns how many people were written."""
    with connection.cursor() as cursor:
        done = ledger.written(cursor)
    missing = [(number, size) for number, size in chunks(task.people, generator) if number not in done]
    address = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    connection.close()  # the load takes longer than an idle session may live
    with spawned.pool(processes, _settle, address, generator, task.numbering) as pool:
        total = 0
        for size in _results(pool.submit(_write, number, size) for number, size in missing):
            total += size
            tell(total)
        for stage in ledger.STAGES:
            with connection.cursor() as cursor:
                names = ledger.to_build(cursor, stage)
            connection.close()
            list(_results(pool.submit(_build, stage, name) for name in names))
        list(_results(pool.submit(_analyse, model._meta.db_table) for model in TABLES))
    with transaction.atomic(), connection.cursor() as cursor:
        ledger.close(cursor)
    return total


def _results(futures: Iterable[Future]) -> Iterable[Any]:
    """Results as they come; the first failure cancels what has not begun."""
    waiting = list(futures)
    try:
        for future in as_completed(waiting):
            yield future.result()
    finally:
        for future in waiting:
            future.cancel()


class _Here:
    """What one of the processes works with."""

    session: Any
    generator: Generator
    numbering: Numbering


def _settle(address: dict[str, Any], generator: Generator, numbering: Numbering) -> None:
    """Prepare one of the processes: its session may take its time."""
    _Here.session, _Here.generator, _Here.numbering = psycopg2.connect(**address), generator, numbering
    with _Here.session, _Here.session.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SET maintenance_work_mem = %s", [BUILD_MEMORY])


def _write(number: int, size: int) -> int:
    with _Here.session, _Here.session.cursor() as cursor:
        write(cursor, _Here.generator, number, size, _Here.numbering)
        ledger.note_written(cursor, number)
    return size


def _build(stage: int, name: str) -> None:
    with _Here.session, _Here.session.cursor() as cursor:
        ledger.build(cursor, stage, name)


def _analyse(table: str) -> None:
    with _Here.session, _Here.session.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")
