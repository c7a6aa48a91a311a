"""A transaction that works for minutes."""

import re
from pathlib import Path

import pytest
from django.db import connection, transaction

from core.long_work import LOCK_WAIT, PYTHON_AT_MOST, analyze_if_grown, pages_on_disk, take_time

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


def page_cost(cursor):
    cursor.execute("SHOW random_page_cost")
    return cursor.fetchone()[0]


@pytest.mark.django_db
def test_questions_about_pages_on_disk_are_planned_so_and_the_next_ones_as_before():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        with pages_on_disk(cursor):
            assert page_cost(cursor) == "4"
        assert page_cost(cursor) == "1.1"
