"""A population that stands in a database already, to measure it without loading it again."""

from datetime import datetime

# The cast was there before, and people may have changed or registered since.
_MOMENT = """
SELECT mode() WITHIN GROUP (ORDER BY verified_at)
FROM (SELECT verified_at FROM workers_provenance ORDER BY worker_id LIMIT 20000) AS early
"""


def loaded_at() -> datetime:
    """The moment that the generated people share: with seed and number it says who everybody is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_MOMENT)
        return cursor.fetchone()[0]
