"""Reading the registry into PostgreSQL's own memory, so that the first question after a restart is a quick one.

A table larger than a quarter of `shared_buffers` passes through a small ring when it is read from one end to the other,
and nothing of it stays. What an index points at stays, so the tables are read that way (a bitmap reads pages in their
order), and each ordinary index once from its first leaf to its last.
"""

import time
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core.long_work import take_time

# What a file, a search and a profile ask for; history is read by person and date and stays where it is.
TABLES = ("workers_worker", "workers_provenance", "workers_workerfacets")
_BY_BITMAP = {"enable_seqscan": "off", "enable_indexscan": "off", "enable_indexonlyscan": "off"}
_BY_INDEX = {"enable_seqscan": "off", "enable_bitmapscan": "off", "enable_sort": "off"}


@dataclass(frozen=True)
class Warmed:
    """How many bytes of tables and indexes were read, how many of them PostgreSQL can hold, and how long it took."""

    bytes: int
    room_bytes: int
    seconds: float


@transaction.atomic
def warm() -> Warmed:
    """Read the registry's tables and ordinary indexes once. Changes nothing; on a busy server it is safe to run."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        take_time(cursor)
        for table in TABLES:
            _read(cursor, _BY_BITMAP, table, _primary_key(cursor, table))
            for column, order in _orders(cursor, table):
                _read(cursor, _BY_INDEX, table, column, order)
        cursor.execute(
            "SELECT sum(pg_table_size(t::regclass) + pg_indexes_size(t::regclass))::bigint,"
            " pg_size_bytes(current_setting('shared_buffers')) FROM unnest(%s) AS t",
            [list(TABLES)],
        )
        size, room = cursor.fetchone()
    return Warmed(size, room, time.perf_counter() - began)


def _read(cursor: CursorWrapper, ways: dict[str, str], table: str, column: str, order: str = "") -> None:
    """Walk over all rows the one way that is left open."""
    for name, value in ways.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
    walk = f"SELECT {column} FROM {table} " + (f"ORDER BY {order}" if order else f"WHERE {column} > 0")
    cursor.execute(f"SELECT count(x) FROM ({walk} OFFSET 0) AS walk(x)")
    for name in ways:
        cursor.execute("SELECT set_config(%s, 'on', true)", [name])


def _primary_key(cursor: CursorWrapper, table: str) -> str:
    cursor.execute(
        "SELECT pg_get_indexdef(indexrelid, 1, true) FROM pg_index WHERE indrelid = %s::regclass AND indisprimary",
        [table],
    )
    return cursor.fetchone()[0]


def _orders(cursor: CursorWrapper, table: str) -> list[tuple[str, str]]:
    """The first column and the whole order of every index that keeps all rows in an order of columns."""
    cursor.execute(
        """
        SELECT pg_get_indexdef(i.indexrelid, 1, true), string_agg(
            pg_get_indexdef(i.indexrelid, key.place::int, true)
            || CASE WHEN o.opcname LIKE '%%pattern_ops' THEN ' USING ~<~' ELSE '' END, ', ' ORDER BY key.place
        )
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
        CROSS JOIN LATERAL unnest(i.indclass::oid[]) WITH ORDINALITY AS key(class, place)
        JOIN pg_opclass o ON o.oid = key.class
        WHERE i.indrelid = %s::regclass AND m.amname = 'btree' AND i.indpred IS NULL AND i.indexprs IS NULL
        GROUP BY i.indexrelid ORDER BY i.indexrelid
        """,
        [table],
    )
    return cursor.fetchall()
