"""Making requests about one key queue, so that a limit counted in a table cannot be overrun by parallel ones."""

from django.db import connection


def queue_for(key: bytes) -> None:
    """Hold an advisory lock on the key until the current transaction ends."""
    number = int.from_bytes(key[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
