"""The numbers that a law sets for jobs, and those that practice may want otherwise, as effective-dated parameters."""

from datetime import date

from django.db import migrations

from core import parameters

SINCE = date(2020, 1, 1)
_OURS = "本系统的内部管理值，不是法律规定。"

ROWS = [
    {
        "key": "jobs.vacancy_days",
        "valid_from": SINCE,
        "value": 90,
        "unit": "天",
        "title": "岗位一次最长公布多久",
        "source": _OURS + "到期可以重新登记。",
        "verified": False,
    },
    {
        "key": "jobs.offer_days",
        "valid_from": SINCE,
        "value": 7,
        "unit": "天",
        "title": "推荐等答复多久",
        "source": _OURS,
        "verified": False,
    },
    {
        "key": "jobs.settling_days",
        "valid_from": SINCE,
        "value": 90,
        "unit": "天",
        "title": "录用后多久不再推荐别的岗位",
        "source": _OURS,
        "verified": False,
    },
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
