"""Divisions as of 2023-06-30 with the change of 2025-11-06, and the work calendar as announced."""

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data"
FIRST_YEAR = 2024
LAST_YEAR = 2026  # the last year that chinesecalendar 1.11.0 covers
SOURCE = "国务院办公厅节假日安排（chinesecalendar 1.11.0）"


def _read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_divisions(apps, schema_editor):
    division = apps.get_model("core", "Division")
    provinces = [row for row in _read("provinces.csv") if row["code"] != "50"]
    division.objects.bulk_create(division(code=r["code"], name=r["name"], level="province") for r in provinces)
    rows = sorted(_read("divisions_chongqing.csv"), key=lambda row: len(row["code"]))
    for levels in (("municipality", "province"), ("district",), ("township",)):
        division.objects.bulk_create(
            division(
                code=row["code"],
                name=row["name"],
                parent_id=row["parent"] or None,
                level=row["level"],
                valid_from=row["valid_from"] or None,
                valid_to=row["valid_to"] or None,
            )
            for row in rows
            if row["level"] in levels
        )


def load_calendar(apps, schema_editor):
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    apps.get_model("core", "CalendarDay").objects.bulk_create(map(_announced_day(apps), days))


def _announced_day(apps):
    model = apps.get_model("core", "CalendarDay")

    def build(day):
        _is_holiday, name = chinese_calendar.get_holiday_detail(day)
        workday = chinese_calendar.is_workday(day)
        return model(day=day, is_workday=workday, name=_chinese(name, workday), source=SOURCE)

    return build


def _chinese(name, workday):
    if name is None:
        return ""
    holiday = chinese_calendar.Holiday(name).chinese
    return f"{holiday}调休上班" if workday else holiday


class Migration(migrations.Migration):
    dependencies = [("core", "0002_triggers_and_search")]

    operations = [
        migrations.RunPython(load_divisions, migrations.RunPython.noop),
        migrations.RunPython(load_calendar, migrations.RunPython.noop),
    ]
