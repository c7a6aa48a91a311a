"""Chunks into the database: numbers set aside for the whole population, then one COPY per table."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from .chunks import Numbering, prepare
from .population import Generator


def chunks(people: int, generator: Generator) -> Iterator[tuple[int, int]]:
    """Number and size of each chunk; only the last may be smaller."""
    for number, first in enumerate(range(0, people, generator.chunk)):
        yield number, min(generator.chunk, people - first)


def reserve(cursor: Any, people: int, at: datetime) -> Numbering:
    """Take a block of the registry's keys and worker numbers, so that every chunk knows its own."""
    return Numbering(
        _block(cursor, "pg_get_serial_sequence('workers_worker', 'id')", people),
        _block(cursor, "'workers_worker_no_seq'", people),
        at,
    )


def _block(cursor: Any, sequence: str, size: int) -> int:
    """Take `size` numbers from a sequence and return the first."""
    cursor.execute(f"SELECT nextval({sequence})")
    first = cursor.fetchone()[0]
    if size > 1:
        cursor.execute(f"SELECT setval({sequence}, %s)", [first + size - 1])
    return first


def write(cursor: Any, generator: Generator, number: int, size: int, numbering: Numbering) -> None:
    """Write the people of one chunk, table by table, so that only one table's rows are in memory."""
    for batch in prepare(generator, number, size, numbering):
        cursor.copy_expert(batch.statement, BytesIO(batch.data))
