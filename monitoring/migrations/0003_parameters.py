"""The target for cases closed in time, as the city set it for the end of 2025 and of 2027."""

from datetime import date

from django.db import migrations

from core import parameters

SOURCE = (
    "渝府办发〔2025〕38号《重庆市治理欠薪综合改革实施方案》：到 2025 年底欠薪线索按期办结率不低于 96%，"
    "到 2027 年底不低于 98%"
)


def seed(apps, schema_editor):
    common = {"key": "monitoring.on_time_target", "unit": "%", "source": SOURCE, "verified": True}
    parameters.seed(
        apps,
        [
            {**common, "valid_from": date(2025, 6, 25), "value": 96, "title": "欠薪投诉按期办结率目标（2025 年底）"},
            {**common, "valid_from": date(2027, 1, 1), "value": 98, "title": "欠薪投诉按期办结率目标（2027 年底）"},
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_published_stays"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
