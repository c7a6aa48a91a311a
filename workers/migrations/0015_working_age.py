"""The working age is one number for the registry, its feeds and the job market: it was a parameter of the latter alone."""

from datetime import date

from django.db import migrations

from core import parameters

CHILD_LABOUR = date(2002, 12, 1)  # 《禁止使用童工规定》 in force
ROWS = [
    {
        "key": "workers.working_age",
        "valid_from": CHILD_LABOUR,
        "value": 16,
        "unit": "周岁",
        "title": "登记、介绍就业和录用的最低年龄",
        "source": "《禁止使用童工规定》（国务院令第364号）第二条：用人单位不得招用不满16周岁的未成年人，禁止任何单位或者个人为"
        "不满16周岁的未成年人介绍就业；第四条：对不满16周岁的未成年人，一律不得录用。",
        "verified": True,
    },
]


def move(apps, schema_editor):
    """Versions that an official added keep their dates."""
    apps.get_model("core", "Parameter").objects.filter(key="jobs.working_age").update(key="workers.working_age")
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("workers", "0014_leftovers"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
