"""The work calendar of 2020–2023: clocks of old cases are read in it, the Spring Festival prolonged in 2020 included."""

from datetime import date, timedelta
from importlib import import_module

from django.db import migrations

BEFORE = import_module("core.migrations.0003_divisions_and_calendar")
FIRST_YEAR = 2020


def load(apps, schema_editor):
    first, last = date(FIRST_YEAR, 1, 1), date(BEFORE.FIRST_YEAR - 1, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    model = apps.get_model("core", "CalendarDay")
    # A day that an official has announced or corrected since stays as it is.
    model.objects.bulk_create(map(BEFORE._announced_day(apps), days), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
