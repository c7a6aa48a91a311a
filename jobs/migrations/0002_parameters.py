"""The numbers that a law sets for jobs, and those that practice may want otherwise, as effective-dated parameters."""

from datetime import date

from django.db import migrations

from core import parameters

CHILD_LABOUR = date(2002, 12, 1)  # 《禁止使用童工规定》 in force
SINCE = date(2020, 1, 1)
_OURS = "本系统的内部管理值，不是法律规定。"

ROWS = [
    {
        "key": "jobs.working_age",
        "valid_from": CHILD_LABOUR,
        "value": 16,
        "unit": "周岁",
        "title": "介绍就业和录用的最低年龄",
        "source": "《禁止使用童工规定》（国务院令第364号）第二条：用人单位不得招用不满16周岁的未成年人，禁止任何单位或者个人为"
        "不满16周岁的未成年人介绍就业；第四条：对不满16周岁的未成年人，一律不得录用。",
        "verified": True,
    },
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
