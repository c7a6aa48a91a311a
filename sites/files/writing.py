"""Staged rows become lines, or a file's lines go: each in one transaction, one file at a time."""

from collections.abc import Callable

from django.db import connection

from core.long_work import take_time
from workers.feeds.lock import one_at_a_time

from ..enums import FileKind
from ..models import PayrollFile
from . import staging

LOCK_KEY = 0x73697465
# A file of more projects than this has all of them looked at again.
MOST_NAMED = 500
_STRANGERS = """
    INSERT INTO sites_stranger (id_index)
    SELECT DISTINCT s.id_index FROM {table} s
    WHERE NOT EXISTS (SELECT FROM workers_worker w WHERE w.id_number_index = s.id_index)
        AND NOT EXISTS (SELECT FROM sites_stranger o WHERE o.id_index = s.id_index)
"""
_PERSON = """
    {table} s
    LEFT JOIN workers_worker w ON w.id_number_index = s.id_index
    LEFT JOIN sites_stranger o ON o.id_index = s.id_index AND w.id IS NULL
"""
_LINES = {
    FileKind.PAYROLL: """
        INSERT INTO sites_payrollline
            (person, month, project_id, batch_id, owed_fen, paid_fen, agreed_fen, paid_on, days, teller)
        SELECT coalesce(w.id, -o.id) AS person, s.month, s.project_id, %(batch)s, s.owed_fen, s.paid_fen,
            coalesce(s.agreed_fen, 0), s.paid_on, coalesce(s.days, 0), %(teller)s
        FROM """
    + _PERSON
    + " ORDER BY s.month, s.project_id, person",
    FileKind.ATTENDANCE: """
        INSERT INTO sites_attendanceline (person, month, project_id, batch_id, days)
        SELECT coalesce(w.id, -o.id) AS person, s.month, s.project_id, %(batch)s, s.days
        FROM """
    + _PERSON
    + " ORDER BY s.month, s.project_id, person",
    FileKind.DEPOSITS: """
        INSERT INTO sites_deposit (project_id, batch_id, month, due_fen, paid_fen, paid_on)
        SELECT s.project_id, %(batch)s, s.month, s.due_fen, s.paid_fen, s.paid_on FROM {table} s ORDER BY s.line
    """,
}
# An index of whom no line is left is kept no longer.
_FORGET = """
    DELETE FROM sites_stranger s USING sites_left g
    WHERE g.id = s.id
        AND NOT EXISTS (SELECT FROM sites_payrollline l WHERE l.person = -g.id)
        AND NOT EXISTS (SELECT FROM sites_attendanceline l WHERE l.person = -g.id)
"""
TABLES = {
    FileKind.PAYROLL: "sites_payrollline",
    FileKind.ATTENDANCE: "sites_attendanceline",
    FileKind.DEPOSITS: "sites_deposit",
}


def apply(batch: PayrollFile, tell: Callable[[str], None]) -> dict:
    """Inside the caller's transaction. Returns the counts, and which projects to look at again (None: many)."""
    kind, name = FileKind(batch.kind), staging.table(batch.pk)
    with connection.cursor() as cursor:
        one_at_a_time(cursor, LOCK_KEY)
        take_time(cursor)
        strangers = 0
        if kind != FileKind.DEPOSITS:
            tell("people")
            cursor.execute(_STRANGERS.format(table=name))
            strangers = cursor.rowcount
        tell("lines")
        cursor.execute(_LINES[kind].format(table=name), {"batch": batch.pk, "teller": batch.teller})
        written = cursor.rowcount
        cursor.execute(f"SELECT DISTINCT project_id FROM {name} LIMIT {MOST_NAMED + 1}")
        projects = [project for (project,) in cursor.fetchall()]
        staging.drop(cursor, batch.pk)
    named = projects if len(projects) <= MOST_NAMED else None
    return {"lines": written, "new_strangers": strangers, "again": named}


def undo(batch: PayrollFile) -> dict:
    """The same for taking it back: what other files say of the same months stands again by itself."""
    with connection.cursor() as cursor:
        one_at_a_time(cursor, LOCK_KEY)
        take_time(cursor)
        name, mine = TABLES[FileKind(batch.kind)], [[f"{month}-01" for month in batch.counts["months"]], batch.pk]
        which = "month = ANY(%s::date[]) AND batch_id = %s"
        has_people = batch.kind != FileKind.DEPOSITS
        if has_people:
            cursor.execute("DROP TABLE IF EXISTS sites_left")
            cursor.execute(
                "CREATE TEMP TABLE sites_left ON COMMIT DROP AS"
                f" SELECT DISTINCT -person AS id FROM {name} WHERE {which} AND person < 0",
                mine,
            )
        cursor.execute(f"DELETE FROM {name} WHERE {which}", mine)
        gone = cursor.rowcount
        if has_people:
            cursor.execute(_FORGET)
    return {"lines": gone}
