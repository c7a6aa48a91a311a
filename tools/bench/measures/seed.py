"""`seed`: people generated and written per second, beside a COPY of the same bytes into bare tables."""

import tempfile
from collections.abc import Iterator
from importlib import import_module

from django.db import connection
from django.utils import timezone

from ..rows import Row, Target
from ..stage import Stage, seconds

TARGET = Target(20_000 / 5, "at least")  # the orders: 20,000 people within 5 seconds
TABLES = ("workers_worker", "workers_provenance", "workers_jobintent", "workers_consent")
BEFORE, AFTER = ("accounts", "employers"), ("jobs", "wages", "housing")


def measure(stage: Stage) -> Iterator[Row]:
    at = timezone.now()
    for app in BEFORE:
        import_module(f"{app}.demo").seed(rng_seed=stage.seed, at=at, scale=stage.scale)
    loaded = import_module("workers.demo").seed(rng_seed=stage.seed, at=at, scale=stage.scale)
    copied = sum(_copy_again(table) for table in TABLES)
    for app in AFTER:
        import_module(f"{app}.demo").seed(rng_seed=stage.seed, at=at, scale=stage.scale)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield stage.row(
        "seed",
        loaded.rows_per_second,
        "people/s",
        baseline=loaded.people / copied,
        baseline_is="a raw COPY of the same bytes into tables without indexes and constraints, people/s",
        target=TARGET,
    )


def _copy_again(table: str) -> float:
    """Seconds that PostgreSQL alone takes for the rows of one table."""
    with connection.cursor() as cursor, tempfile.TemporaryFile() as file:
        cursor.execute(
            "SELECT string_agg(format('%%I', attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        columns = cursor.fetchone()[0]
        cursor.execute(f"CREATE TABLE bench_raw AS SELECT {columns} FROM {table} WITH NO DATA")
        cursor.copy_expert(f"COPY {table} ({columns}) TO STDOUT", file)
        file.seek(0)
        taken = seconds(lambda: cursor.copy_expert("COPY bench_raw FROM STDIN", file))
        cursor.execute("DROP TABLE bench_raw")
    return taken
