"""A database of its own for each scale, copied from the empty, migrated one; the original stays untouched."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql


class NotEmpty(Exception):
    """The database holds people; a benchmark belongs on a scratch one."""


def _named(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def refuse_unless_empty(url: str) -> None:
    """Raise `NotEmpty` when the database holds workers or is not migrated."""
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('workers_worker') IS NOT NULL")
            if not cursor.fetchone()[0]:
                raise NotEmpty("The database is not migrated. Use: python3 tools/dev.py bench")
            cursor.execute("SELECT EXISTS (SELECT FROM workers_worker)")
            if cursor.fetchone()[0]:
                raise NotEmpty("The database holds workers. Use a scratch one: python3 tools/dev.py bench")
    finally:
        connection.close()


@contextmanager
def copy_of(url: str, suffix: str) -> Iterator[str]:
    """Yield the address of a fresh copy, and drop it afterwards."""
    original = urlsplit(url).path.lstrip("/")
    name = f"{original}_bench_{suffix}"
    admin = psycopg2.connect(_named(url, "postgres"))
    admin.autocommit = True
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(original))
    try:
        with admin.cursor() as cursor:
            cursor.execute(drop)
            cursor.execute(create)
        yield _named(url, name)
    finally:
        with admin.cursor() as cursor:
            cursor.execute(drop)
        admin.close()
