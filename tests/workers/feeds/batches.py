"""Small files of the education department on their way through the registry."""

from contextlib import contextmanager
from datetime import date

from django.db import connection

from workers.enums import Source
from workers.feeds import receiving, registry, running

from ..filed import id_number

HEADER = "公民身份号码,姓名,学历\n"


def content(*rows):
    return (HEADER + "".join(f"{id_number(person)},{name},{education}\n" for person, name, education in rows)).encode()


def receive(data, at, *, by=None, source=Source.EDUCATION, name="教育 3 月.csv", observed_on=date(2026, 3, 1)):
    return receiving.receive(iter([data]), name, source=source, observed_on=observed_on, by=by, at=at)


def run(batch, at):
    return running.run(batch.pk, now=lambda: at)


@contextmanager
def somebody_at(batch):
    """Another process holds the file for as long as the block lasts."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [registry.LOCK_SPACE, batch.pk])
        yield
    finally:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")  # closing lets go a moment later
        other.close()
