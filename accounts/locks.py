"""Making requests about one key queue, so that a limit counted in a table cannot be overrun by parallel ones."""

from django.db import connection


def queue_for(*keys: bytes) -> None:
    """Hold an advisory lock on each key until the current transaction ends, taken in the order given.

    Everybody who takes several names them in the same order, or two of them wait for each other.
    """
    numbers = [int.from_bytes(key[:8], "big", signed=True) for key in keys]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(["pg_advisory_xact_lock(%s)"] * len(numbers)), numbers)
