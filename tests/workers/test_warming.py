"""Reading the registry into PostgreSQL's memory: along indexes, because a walk over the whole table leaves nothing."""

import pytest
from django.core.management import call_command
from django.db import connection

from workers import warming

pytestmark = pytest.mark.django_db


def scans(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(seq_scan, 0), coalesce(idx_scan, 0) FROM pg_stat_xact_all_tables WHERE relname = %s",
            [table],
        )
        return cursor.fetchone()


@pytest.mark.parametrize("table", warming.TABLES)
def test_every_table_is_read_along_its_indexes_only(worker, table):
    whole, along = scans(table)
    warmed = warming.warm()
    after = scans(table)
    assert after[0] == whole and after[1] > along
    assert warmed.bytes > 0 and warmed.room_bytes > 0


def test_the_ways_that_were_closed_for_it_are_open_again():
    warming.warm()
    with connection.cursor() as cursor:
        for name in {**warming._BY_BITMAP, **warming._BY_INDEX}:
            cursor.execute("SELECT current_setting(%s)", [name])
            assert cursor.fetchone()[0] == "on", name


def test_the_command_says_what_it_read_and_whether_it_fits(capsys, monkeypatch):
    call_command("warm_registry")
    assert "GB in" in capsys.readouterr().out
    monkeypatch.setattr("workers.management.commands.warm_registry.warm", lambda: warming.Warmed(10**10, 10**9, 1.0))
    call_command("warm_registry")
    assert "shared_buffers holds 1.00 GB of it" in capsys.readouterr().out
