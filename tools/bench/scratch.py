"""A database of its own for each scale, copied from the empty, migrated one; the original stays untouched."""

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


def copy_of(url: str, suffix: str) -> str:
    """Make a fresh copy and return its address; one that an earlier run left goes."""
    copy = address(url, suffix)
    _run(url, "DROP DATABASE IF EXISTS {copy} WITH (FORCE)", copy)
    _run(url, "CREATE DATABASE {copy} TEMPLATE {original}", copy)
    return copy


def address(url: str, suffix: str) -> str:
    """Return the address that a copy has."""
    return _named(url, f"{_name(url)}_bench_{suffix}")


def drop(url: str, suffix: str) -> None:
    """Drop a copy, and whoever still talks to it."""
    _run(url, "DROP DATABASE IF EXISTS {copy} WITH (FORCE)", address(url, suffix))


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _run(url: str, statement: str, copy: str) -> None:
    admin = psycopg2.connect(_named(url, "postgres"))
    admin.autocommit = True
    try:
        with admin.cursor() as cursor:
            names = {"copy": sql.Identifier(_name(copy)), "original": sql.Identifier(_name(url))}
            cursor.execute(sql.SQL(statement).format(**names))
    finally:
        admin.close()
