"""A population that stands in a database already, to measure it without loading it again."""

from datetime import datetime

# The cast was there before, and people may have changed or registered since.
_MOMENT = """
SELECT mode() WITHIN GROUP (ORDER BY verified_at)
FROM (SELECT verified_at FROM workers_provenance ORDER BY worker_id LIMIT 20000) AS some
"""


def loaded_at() -> datetime:
    """The moment that the generated people share: with seed and number it says who everybody is."""
    return _asked(_MOMENT)


def people() -> int:
    """How many people the registry holds about whom nobody but the first load was asked; the cast is left out."""
    return _asked("SELECT count(*) FROM workers_provenance WHERE verified_at = %s", [loaded_at()])


def _asked(question: str, arguments: list | None = None):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question, arguments)
        return cursor.fetchone()[0]
