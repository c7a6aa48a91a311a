"""What a big load has set aside and how far it came, kept in the database so that an interrupted one can be finished.

Secondary indexes, unique and foreign keys are built much faster over a full table than kept while it fills. The
statements that build them again, the load's own parameters and the numbers of the chunks that are in stand in one
table, changed in the same transactions as what they describe. So a load that is killed, even by a power cut, leaves
a registry that reads and writes correctly except for the missing keys, and the next `seed_demo` puts in what is missing
and builds what was set aside. The table exists only in between.
"""

from dataclasses import dataclass
from typing import Any

from .chunks import TABLES, Numbering

TABLE = "workers_demo_loading"
_CREATE = (
    f"CREATE TABLE {TABLE} (people bigint, seed bigint, chunk int, at timestamptz, first_id bigint, first_no bigint)"
)
# In the order of building. Long statements of one stage take no lock that stops another of it: unique keys are indexes
# first, and foreign keys are checked after they were added.
INDEX, ATTACH, ADD_FOREIGN, CHECK_FOREIGN = STAGES = range(4)
_AWAY = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname)
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')
UNION ALL
SELECT format('DROP INDEX %%I', relname) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
_AGAIN = f"""
CREATE TABLE {TABLE}_again AS
SELECT {INDEX} AS stage, relname::text AS name, pg_get_indexdef(indexrelid) AS statement
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
UNION ALL
SELECT {ATTACH}, conname::text, format(
    'ALTER TABLE %%s ADD CONSTRAINT %%I UNIQUE USING INDEX %%I%%s%%s', conrelid::regclass, conname, conname,
    CASE WHEN condeferrable THEN ' DEFERRABLE' END, CASE WHEN condeferred THEN ' INITIALLY DEFERRED' END)
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype = 'u'
UNION ALL
SELECT {ADD_FOREIGN}, conname::text, format(
    'ALTER TABLE %%s ADD CONSTRAINT %%I %%s NOT VALID', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype = 'f'
UNION ALL
SELECT {CHECK_FOREIGN}, conname::text,
    format('ALTER TABLE %%s VALIDATE CONSTRAINT %%I', conrelid::regclass, conname)
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype = 'f'
"""


@dataclass(frozen=True)
class Task:
    """A big load: how many people of which seed, in chunks of which size, under which numbers."""

    people: int
    seed: int
    chunk: int
    numbering: Numbering


def unfinished(cursor: Any) -> Task | None:
    """The load that was interrupted, if one was."""
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [TABLE])
    if not cursor.fetchone()[0]:
        return None
    cursor.execute(f"SELECT people, seed, chunk, first_id, first_no, at FROM {TABLE}")
    people, seed, chunk, first_id, first_no, at = cursor.fetchone()
    return Task(people, seed, chunk, Numbering(first_id, first_no, at))


def open_for(cursor: Any, task: Task) -> None:
    """Note the task, and set aside what is built again at the end. In one transaction."""
    cursor.execute(_CREATE)
    cursor.execute(
        f"INSERT INTO {TABLE} VALUES (%s, %s, %s, %s, %s, %s)",
        [task.people, task.seed, task.chunk, task.numbering.at, task.numbering.first_id, task.numbering.first_no],
    )
    cursor.execute(f"CREATE TABLE {TABLE}_chunk (number int PRIMARY KEY)")
    tables = [model._meta.db_table for model in TABLES]
    cursor.execute(_AGAIN, [tables] * 4)
    cursor.execute(_AWAY, [tables] * 2)
    for (away,) in cursor.fetchall():
        cursor.execute(away)


def note_written(cursor: Any, number: int) -> None:
    """A chunk is in; said in the chunk's own transaction."""
    cursor.execute(f"INSERT INTO {TABLE}_chunk VALUES (%s)", [number])


def written(cursor: Any) -> set[int]:
    cursor.execute(f"SELECT number FROM {TABLE}_chunk")
    return {number for (number,) in cursor.fetchall()}


def to_build(cursor: Any, stage: int) -> list[str]:
    """Names of what is still set aside."""
    cursor.execute(f"SELECT name FROM {TABLE}_again WHERE stage = %s ORDER BY name", [stage])
    return [name for (name,) in cursor.fetchall()]


def build(cursor: Any, stage: int, name: str) -> None:
    """Build one thing again and strike it off, in one transaction."""
    cursor.execute(f"DELETE FROM {TABLE}_again WHERE stage = %s AND name = %s RETURNING statement", [stage, name])
    cursor.execute(cursor.fetchone()[0])


def close(cursor: Any) -> None:
    """Everything is in and built."""
    cursor.execute(f"DROP TABLE {TABLE}, {TABLE}_chunk, {TABLE}_again")
