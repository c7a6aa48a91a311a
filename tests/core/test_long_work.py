"""A transaction that works for minutes."""

import re
from pathlib import Path

import pytest
from django.db import connection, transaction

from core.long_work import LOCK_WAIT, PYTHON_AT_MOST, analyze_if_grown, fetch_ahead, pages_on_disk, take_time

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "work_mem", "jit")


def shown(cursor):
    values = {}
    for name in NAMES:
        cursor.execute(f"SHOW {name}")
        values[name] = cursor.fetchone()[0]
    return values


@pytest.mark.django_db(transaction=True)
def test_it_may_take_its_time_and_wait_for_python_until_it_ends():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'")
        before = shown(cursor)
        with transaction.atomic():
            take_time(cursor, memory="128MB")
            inside = shown(cursor)
        after = shown(cursor)
        cursor.execute("RESET statement_timeout; RESET idle_in_transaction_session_timeout")
    assert list(inside.values()) == ["0", "1min", PYTHON_AT_MOST, "128MB", "off"]
    assert LOCK_WAIT == "60s" and after == before and before["statement_timeout"] == "10s"


def test_the_registry_has_one_way_to_take_time():
    told = re.compile(r"SET LOCAL (statement_timeout|work_mem|idle_in)")
    assert not [path for path in (ROOT / "workers").rglob("*.py") if told.search(path.read_text())]


@pytest.mark.django_db
def test_a_table_is_looked_at_again_once_a_tenth_of_it_is_new():
    def believed():
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'grown'::regclass")
        return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE grown AS SELECT generate_series(1, 1000) AS n; ANALYZE grown")
        for added, known in ((0, 1000), (90, 1000), (100, 1190)):
            cursor.execute("INSERT INTO grown SELECT generate_series(1, %s)", [added])
            analyze_if_grown(cursor, "grown", added)
            assert believed() == known


def settings_of_plans(cursor):
    names = (
        "random_page_cost",
        "enable_seqscan",
        "enable_indexscan",
        "enable_indexonlyscan",
        "effective_io_concurrency",
    )
    cursor.execute("SELECT array_agg(current_setting(name)) FROM unnest(%s) AS name", [list(names)])
    return cursor.fetchone()[0]


@pytest.mark.django_db
def test_questions_about_pages_on_disk_are_planned_so_and_the_next_ones_as_before():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        before = settings_of_plans(cursor)
        with pages_on_disk(cursor):
            assert settings_of_plans(cursor) == ["4", *before[1:]]
        assert settings_of_plans(cursor) == before


@pytest.mark.django_db
def test_rows_are_fetched_ahead_by_a_bitmap_and_the_next_question_is_planned_as_before():
    class Listening:
        """The cursor, which explains what it counts."""

        plan = ""

        def execute(self, question, params=None):
            if question.startswith("SELECT count"):
                cursor.execute(f"EXPLAIN {question}")
                self.plan = "\n".join(line for (line,) in cursor.fetchall())
            return cursor.execute(question, params)

        def fetchall(self):
            return cursor.fetchall()

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE far AS SELECT n AS id, n::text AS word FROM generate_series(1, 9999) n")
        cursor.execute("CREATE UNIQUE INDEX ON far (id); ANALYZE far")
        before = settings_of_plans(cursor)
        listening = Listening()
        fetch_ahead(listening, "far", "id", "word", "SELECT generate_series(1, 50)")
        assert "Bitmap Heap Scan on far" in listening.plan
        assert settings_of_plans(cursor) == before
