"""One import or undoing writes to the registry at a time, and one process is at a file at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from core.errors import Refusal

_KEY = 0x66656564


class ImportRunning(Refusal):
    """Another file is being written; this one waits and is taken up again."""


def one_at_a_time(cursor: CursorWrapper, key: int = _KEY) -> None:
    """Hold the registry's import lock, or another kind's, until the transaction ends.

    Raises `ImportRunning` when another holds it.
    """
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
    if not cursor.fetchone()[0]:
        raise ImportRunning(_("另一批数据正在写入，这一批排在后面，轮到时自动继续。"))


@contextmanager
def held(space: int, number: int) -> Iterator[bool]:
    """Whether this session alone is at the work of that number; a killed process lets go at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, number])
        mine = cursor.fetchone()[0]
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, number])
