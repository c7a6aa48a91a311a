"""`registry.import`, `registry.preview` and `registry.undo`: one department's file of 20 indicators, end to end."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.db import connection
from django.utils import timezone

from ..rows import Row, Target
from ..stage import WHOLE_CITY, Stage, seconds

WHOLE_FILE = 1_000_000
SPEED_TARGET = Target(20_000, "at least")
SHARE_TARGET = Target(0.4, "at least")
PREVIEW_TARGET = Target(20, "at most")
UNDO_TARGET = Target(1.5, "at most")
_PIECE = 1 << 20
_BASELINE = "bench_feed"
# What a column that the file does not state holds meanwhile.
_EMPTY = "''"
_NOTHING = {"character varying[]": "'{}'", "uuid": "gen_random_uuid()", "timestamp with time zone": "now()"}
_SHAPE = "INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY INCLUDING INDEXES"


def measure(stage: Stage) -> Iterator[Row]:
    """The file has as many rows to the registry as a million has to the whole city."""
    from workers.enums import Source
    from workers.feeds import deciding, receiving, running

    from .. import feedfile

    rows = round(WHOLE_FILE * stage.scale / WHOLE_CITY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.csv"
        written = feedfile.write(path, stage.generator, stage.scale, rows, seed=stage.seed, processes=stage.processes)
        batches = []

        def receive() -> None:
            at = timezone.now()
            observed_on = timezone.localdate(at) - timedelta(days=1)
            batches.append(
                receiving.receive(
                    _pieces(path), path.name, source=Source.HUMAN_RESOURCES, observed_on=observed_on, by=None, at=at
                )
            )

        def work() -> None:
            batches.append(running.run(batches[-1].pk, now=timezone.now))

        checking = seconds(receive) + seconds(work)
        batches.append(deciding.confirm(batches[-1], by=None, at=timezone.now()))
        applying = seconds(work)
        batches.append(deciding.take_back(batches[-1], by=None, at=timezone.now(), reason="bench"))
        undoing = seconds(work)
        counts = batches[-1].counts
        # Last and from a file staged anew: a million wide rows push others out of the server's memory.
        receive()
        work()
        bare = _baseline(batches[-1])
        deciding.drop(batches[-1], by=None, at=timezone.now())
    _check(counts, written)
    yield stage.row(
        "registry.import", rows / (checking + applying), "rows/s", baseline=bare,
        baseline_is="rows/s of a raw COPY of the same rows into a table with the registry's indexes",
        target=SPEED_TARGET,
    )  # fmt: skip
    yield stage.row(
        "registry.import.share", rows / (checking + applying) / bare, "of the raw COPY", target=SHARE_TARGET
    )
    yield stage.row(
        "registry.preview", checking, f"s, {rows:,} rows", target=PREVIEW_TARGET if stage.is_whole_city else None
    )
    yield stage.row("registry.apply", applying, f"s, {counts['applied']['values']:,} values changed")
    yield stage.row("registry.undo", undoing / applying, "of the time of applying", target=UNDO_TARGET)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _check(counts: dict, written) -> None:
    """A fast import that does something else would be worth nothing."""
    found = (counts["new_people"], counts["returned_rows"], counts["applied"]["people"])
    expected = (written.new, written.errors, counts["changed_people"])
    if found != expected:
        raise ValueError(f"the file holds {expected} new people, errors and changed people, the import found {found}")


def _baseline(batch) -> float:
    """Rows/s of the staged rows, copied into a table shaped and indexed like the registry's."""
    from workers.feeds.writing.staging import INDEX, table

    names = ", ".join(f'"{column}"' for column in batch.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {_BASELINE} (LIKE workers_worker {_SHAPE})")
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND attnotnull AND attgenerated = '' AND attname NOT IN ('id', 'worker_no')",
            [_BASELINE],
        )
        empty = ", ".join(
            f'ALTER "{name}" SET DEFAULT {_NOTHING.get(kind, _EMPTY)}' for name, kind in cursor.fetchall()
        )
        cursor.execute(f"ALTER TABLE {_BASELINE} {empty}")
        data = BytesIO()
        said = ", ".join(_without_null(column) for column in batch.columns)
        cursor.copy_expert(f"COPY (SELECT {INDEX}, {said} FROM {table(batch.pk)}) TO STDOUT", data)
        data.seek(0)
        taken = seconds(lambda: cursor.copy_expert(f"COPY {_BASELINE} (id_number_index, {names}) FROM STDIN", data))
        cursor.execute(f"SELECT count(*) FROM {_BASELINE}")
        rows = cursor.fetchone()[0]
        cursor.execute(f"DROP TABLE {_BASELINE}")
    return rows / taken


def _without_null(column: str) -> str:
    """What the file leaves out, as the registry holds it."""
    from workers.feeds.writing.columns import db_type

    kind = db_type(column)
    if kind.endswith("[]"):
        return f"coalesce(\"{column}\", '{{}}')"
    return f"coalesce(\"{column}\", '')" if kind.startswith("varchar") else f'"{column}"'
