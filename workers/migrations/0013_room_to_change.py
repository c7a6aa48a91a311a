"""Room on every page for a changed row beside the old one, so that a file's changes leave most indexes alone."""

from django.db import migrations

_TABLES = ("workers_worker", "workers_provenance")


class Migration(migrations.Migration):
    """Pages that are full already get their room when the table is next rewritten."""

    dependencies = [("workers", "0010_broker")]
    operations = [
        migrations.RunSQL(f"ALTER TABLE {table} SET (fillfactor = 90)", f"ALTER TABLE {table} RESET (fillfactor)")
        for table in _TABLES
    ]
