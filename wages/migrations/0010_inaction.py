"""What a complainant may do when an office does not answer: review first, then the court."""

from datetime import date

from django.db import migrations

from core import parameters

ROWS = [
    {
        "key": "wages.review_then_suit_days",
        "valid_from": date(2015, 5, 1),
        "value": 15,
        "unit": "日",
        "title": "对复议决定不服或复议机关不答复，起诉的期限",
        "source": "《行政诉讼法》（2014 年修正，2015-05-01 起施行）第四十五条：收到复议决定书之日或复议期满之日起十五日内。凭记忆录入，未核对原文。",
        "verified": False,
    },
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("wages", "0009_ways_out"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
