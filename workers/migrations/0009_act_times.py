"""Acts are found by their time: what was saved while a file was being written is settled again."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0008_facets"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="act",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="workers_acts_by_time"),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(("undone_at__isnull", False)), fields=["undone_at"], name="workers_acts_undone"
            ),
        ),
    ]
