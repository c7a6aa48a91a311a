"""`registry.load` and `seed`: people generated, sealed, indexed and written, beside a bare COPY of the same bytes."""

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from itertools import islice

from django.db import connection

from ..memory import Peak
from ..rows import Row, Target
from ..stage import WHOLE_CITY, Stage, seconds

SEED_TARGET = Target(20_000 / 5, "at least")  # the demonstration: 20,000 people within 5 seconds
MINUTES_TARGET = Target(12, "at most")
MEMORY_TARGET = Target(4, "at most")  # GB
BEFORE, AFTER = ("accounts", "places", "employers"), ("jobs", "wages", "housing")
BASELINE_CHUNKS = 5
_SHAPE = "INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY"
_IS_COPY = "rows/s of a raw COPY in one session of the same prepared bytes ({people:,} people) into tables "


def measure(stage: Stage) -> Iterator[Row]:
    for app in BEFORE:
        import_module(f"{app}.demo").seed(rng_seed=stage.seed, at=stage.at, scale=stage.scale)
    with Peak() as peak:
        loaded = import_module("workers.demo").seed(
            rng_seed=stage.seed, at=stage.at, scale=stage.scale, processes=stage.processes
        )
    sizes = list(_sizes(stage))
    people, bare, indexed = _baselines(stage)
    for app in AFTER:
        import_module(f"{app}.demo").seed(rng_seed=stage.seed, at=stage.at, scale=stage.scale)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # as autovacuum leaves it a few minutes later; reading is measured on this
    about = _IS_COPY.format(people=people)
    yield stage.row(
        "seed", loaded.rows_per_second, "people/s",
        baseline=bare, baseline_is=about + "without indexes and constraints", target=SEED_TARGET,
    )  # fmt: skip
    yield stage.row(
        "registry.load", loaded.rows_per_second, "people/s",
        baseline=indexed, baseline_is=about + "with the same indexes",
    )  # fmt: skip
    yield from _minutes(stage, loaded.seconds)
    if peak.bytes:
        whole = peak.is_whole
        yield stage.row(
            "registry.load.memory",
            peak.bytes / 1e9,
            "GB, all processes with PostgreSQL's" if whole else "GB, without PostgreSQL's",
            target=MEMORY_TARGET if whole else None,
        )
        yield stage.row("registry.load.memory.loader", peak.own_bytes / 1e9, "GB at that moment")
    yield from sizes


def _minutes(stage: Stage, taken: float) -> Iterator[Row]:
    minutes = taken / 60 * WHOLE_CITY / stage.scale
    if stage.is_whole_city:
        yield stage.row("registry.load.minutes", minutes, "min", target=MINUTES_TARGET)
    else:
        yield stage.row("registry.load.minutes", minutes, f"min, extrapolated to {WHOLE_CITY:,}")


def _sizes(stage: Stage) -> Iterator[Row]:
    """Bytes per worker of each table: heap, TOAST and indexes."""
    tables = [model._meta.db_table for model in import_module("workers.demo.chunks").TABLES]
    total = 0.0
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT pg_table_size(%s::regclass), pg_indexes_size(%s::regclass)", [table, table])
            heap, indexes = (size / stage.scale for size in cursor.fetchone())
            total += heap + indexes
            yield stage.row(f"registry.bytes_per_worker.{table}", heap + indexes, f"bytes, {indexes:.0f} in indexes")
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    yield stage.row("registry.bytes_per_worker", total, "bytes, all five tables")
    yield stage.row("registry.size", size / 1e9, "GB, the whole database")


def _baselines(stage: Stage) -> tuple[int, float, float]:
    """People in the sample, and people/s of PostgreSQL alone into bare tables and into tables with our indexes."""
    chunks = import_module("workers.demo.chunks")
    numbers = import_module("workers.demo.writing").chunks(stage.scale, stage.generator)
    sample = list(islice(numbers, BASELINE_CHUNKS))
    numbering = chunks.Numbering(1, 1, stage.at)
    batches = [batch for number, size in sample for batch in chunks.prepare(stage.generator, number, size, numbering)]
    people = sum(size for _number, size in sample)
    tables = {batch.table for batch in batches}
    speeds = []
    with connection.cursor() as cursor:
        for including in (_SHAPE, f"{_SHAPE} INCLUDING INDEXES"):
            for table in tables:
                cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} {including})")
            taken = seconds(
                lambda: [
                    cursor.copy_expert(batch.into(f"bench_{batch.table}"), BytesIO(batch.data)) for batch in batches
                ]
            )
            speeds.append(people / taken)
            cursor.execute(f"DROP TABLE {', '.join(f'bench_{table}' for table in tables)}")
    return people, *speeds
