"""How saves of single people and files of millions see each other.

A save reads every committed statement about one person and writes the outcome; a file does the same for many people,
for minutes. Neither waits for the other. So a save that began before a file was committed may have missed the file's
statements, and the file the save's: after the commit the file lets those saves end and settles what they touched.
"""

from django.db import connection
from django.db.backends.utils import CursorWrapper

_KEY = 0x73617665


def saving() -> None:
    """Held, together with all other saves, from before statements are read until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_KEY])


def let_saves_end(cursor: CursorWrapper) -> None:
    """Wait, in a transaction that ends then, for the saves that are under way; later ones see what is committed now."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])
