"""A big load: the same people however many processes write it, and a whole schema however often it is interrupted."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import psycopg2
import pytest
from django.db import connection, transaction

from workers import demo
from workers.demo import bulk, ledger, loading, text
from workers.demo.chunks import TABLES, Numbering, prepare
from workers.models import Consent, JobIntent, Provenance, Worker

CHUNK, PEOPLE = 60, 200  # three whole chunks and a smaller one
SEALED = {"id_number", "mobile"}


@pytest.fixture
def small(at):
    """Makes generators of the same people in small chunks."""
    return lambda seed=7: replace(demo.generator(rng_seed=seed, at=at), chunk=CHUNK)


def contents() -> dict[str, list]:
    """Every row of the five tables. Numbers count from the first, because sequences go on; ciphertexts never repeat."""
    found, first = {}, Worker.objects.order_by("pk").first()
    for model in TABLES:
        key = "id" if model is Worker else "worker_id"
        order = (key, "purpose") if model is Consent else (key,)
        rows = list(model.objects.order_by(*order).values())
        for row in rows:
            row[key] -= first.pk
            if model is Worker:
                row["worker_no"] = int(row["worker_no"][1:]) - int(first.worker_no[1:])
            if model is Consent:
                del row["id"]
            for name in SEALED & row.keys():
                row[name] = len(row[name])
        found[model.__name__] = rows
    return found


def schema() -> list[tuple]:
    """Every index and constraint of the five tables."""
    tables = [model._meta.db_table for model in TABLES]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%s) ORDER BY 1", [tables])
        indexes = cursor.fetchall()
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated"
            " FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) ORDER BY 1, 2",
            [tables],
        )
        return indexes + cursor.fetchall()


def clear():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE workers_worker CASCADE")


@pytest.mark.django_db(transaction=True)
def test_the_people_do_not_depend_on_how_many_processes_write_them(at, small):
    before = schema()
    loading.load(PEOPLE, small(), at=at, processes=1)
    alone = contents()
    clear()
    loading.load(PEOPLE, small(), at=at, processes=3)
    assert contents() == alone
    assert schema() == before
    assert len(alone["Worker"]) == len(alone["Provenance"]) == PEOPLE
    worker = Worker.objects.order_by("pk").last()
    number = small().draw(3, PEOPLE % CHUNK)["id_number"][-1]
    assert worker.id_number.open() == number
    assert Worker.objects.with_id_number(number).get() == worker


@pytest.mark.django_db(transaction=True)
def test_a_load_that_was_killed_is_finished_as_it_was_begun(at, small, monkeypatch):
    loading.load(PEOPLE, small(), at=at, processes=1)
    whole, before = contents(), schema()
    clear()
    with connection.cursor() as cursor:
        numbering = loading.reserve(cursor, PEOPLE, at)
    task = bulk.begin(PEOPLE, small(), numbering)
    for number in (0, 2):  # two chunks are in, then the process dies
        with transaction.atomic(), connection.cursor() as cursor:
            loading.write(cursor, small(), number, CHUNK, numbering)
            ledger.note_written(cursor, number)
    with transaction.atomic(), connection.cursor() as cursor:  # and a third that did not come to its end
        loading.write(cursor, small(), 1, CHUNK, numbering)
        transaction.set_rollback(True)
    assert schema() != before
    assert Worker.objects.count() == 2 * CHUNK

    assert loading.unfinished() == task
    monkeypatch.setattr(bulk, "cores", lambda: 2)
    loaded = demo.seed(rng_seed=99, at=at, scale=5)  # another wish is not heard
    assert loaded.people == PEOPLE - 2 * CHUNK
    assert contents() == whole
    assert schema() == before
    assert loading.unfinished() is None


@pytest.mark.django_db(transaction=True)
def test_what_was_set_aside_is_struck_off_with_the_same_transaction_that_builds_it(at, small):
    before = schema()
    with connection.cursor() as cursor:
        task = bulk.begin(PEOPLE, small(), loading.reserve(cursor, PEOPLE, at))
        names = ledger.to_build(cursor, ledger.INDEX)
        assert {"workers_by_mobile", "workers_worker_no_once", "workers_intent_matching"} <= set(names)
        with transaction.atomic():
            ledger.build(cursor, ledger.INDEX, names[0])
        assert ledger.to_build(cursor, ledger.INDEX) == names[1:]
    bulk.finish(task, small(), processes=2, tell=lambda done: None)
    assert schema() == before


@pytest.mark.django_db(transaction=True)
def test_a_failing_chunk_ends_the_load_and_leaves_it_to_be_resumed(at, small):
    with connection.cursor() as cursor:
        task = bulk.begin(PEOPLE, small(), loading.reserve(cursor, PEOPLE, at))
    Worker.objects.create(pk=task.numbering.first_id + CHUNK, created_at=at)  # in the way of the second chunk
    with pytest.raises(psycopg2.errors.UniqueViolation, match="workers_worker_pkey"):
        bulk.finish(task, small(), processes=2, tell=lambda done: None)
    assert loading.unfinished() == task
    Worker.objects.filter(pk=task.numbering.first_id + CHUNK).delete()
    loading.resume(task, small(), processes=2)
    assert (Worker.objects.count(), loading.unfinished()) == (PEOPLE, None)


def test_inside_a_transaction_one_process_writes_so_that_all_can_be_rolled_back(at, db, small):
    before = schema()
    loading.load(PEOPLE, small(), at=at, processes=3)
    assert schema() == before
    assert (JobIntent.objects.exists(), Provenance.objects.count()) == (True, PEOPLE)


def test_an_interrupted_load_is_not_finished_by_a_dry_run(at, db, small):
    with connection.cursor() as cursor:
        task = bulk.begin(PEOPLE, small(), loading.reserve(cursor, PEOPLE, at))
    with pytest.raises(RuntimeError, match="dry run"):
        loading.resume(task, small())


def test_copy_reads_back_what_was_written(db):
    columns = {
        "a": np.array(["", "江津 电工", "x"]),
        "b": np.array([0, 70, 1_234_567]),
        "c": np.array(["1983-04-12", "2001-01-01", "1961-12-31"], dtype="datetime64[D]"),
        "d": np.array([0.0, 12.3, 99.9]),
        "e": np.array([True, False, True]),
    }
    blob = text.bytea(np.array([[0, 255], [92, 9], [10, 13]], dtype=np.uint8))
    rows = text.rows([*map(text.texts, columns.values()), blob, np.array([b"x", text.NULL, b""])])
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE t (a text, b bigint, c date, d numeric, e bool, f bytea, g text) ON COMMIT DROP"
        )
        cursor.copy_expert("COPY t FROM STDIN", BytesIO(rows))
        cursor.execute("SELECT a, b, c::text, d::float, e, f, g FROM t")
        found = [(*row[:5], bytes(row[5]), row[6]) for row in cursor.fetchall()]
    assert found == [
        ("", 0, "1983-04-12", 0.0, True, b"\x00\xff", "x"),
        ("江津 电工", 70, "2001-01-01", 12.3, False, b"\x5c\x09", None),
        ("x", 1_234_567, "1961-12-31", 99.9, True, b"\x0a\x0d", ""),
    ]


def test_the_bytes_of_a_chunk_depend_on_seed_and_number_alone(at, db, small):
    numbering = Numbering(1, 1, at)

    def drawn(number, seed=7):
        return [batch.data for batch in prepare(small(seed), number, CHUNK, numbering)][1:]

    assert drawn(2) == drawn(2)
    assert drawn(2) != drawn(1)
    assert drawn(2) != drawn(2, seed=8)
