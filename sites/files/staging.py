"""Checked rows of a monthly file, waiting in a table of their own: typed, by blind index, never a number in clear."""

from io import BytesIO

from django.db.backends.utils import CursorWrapper

from ..enums import FileKind

_DAYS, _SUM = "smallint", "integer"
TYPES: dict[FileKind, dict[str, str]] = {
    FileKind.PAYROLL: {
        "project_id": "integer",
        "month": "date",
        "days": _DAYS,
        "owed_fen": _SUM,
        "paid_fen": _SUM,
        "agreed_fen": _SUM,
        "paid_on": "date",
    },
    FileKind.ATTENDANCE: {"project_id": "integer", "month": "date", "days": _DAYS},
    FileKind.DEPOSITS: {
        "project_id": "integer",
        "month": "date",
        "due_fen": "bigint",
        "paid_fen": "bigint",
        "paid_on": "date",
    },
}


def table(batch_id: int) -> str:
    return f"sites_file_{int(batch_id)}"


def create(cursor: CursorWrapper, batch_id: int, kind: FileKind) -> None:
    """Make the empty table; one that an earlier attempt left is dropped."""
    drop(cursor, batch_id)
    typed = ", ".join(f"{column} {kind_of}" for column, kind_of in TYPES[kind].items())
    cursor.execute(
        f"CREATE UNLOGGED TABLE {table(batch_id)} (line bigint, id_index bytea, {typed})"
        " WITH (autovacuum_enabled = false)"
    )


def drop(cursor: CursorWrapper, batch_id: int) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS {table(batch_id)}")


def copy(cursor: CursorWrapper, batch_id: int, kind: FileKind, data: bytes) -> None:
    """Write what the registry's `staging.prepared` made of these columns."""
    names = ", ".join(("line", "id_index", *TYPES[kind]))
    cursor.copy_expert(f"COPY {table(batch_id)} ({names}) FROM STDIN WITH (FORMAT csv, NULL '')", BytesIO(data))
