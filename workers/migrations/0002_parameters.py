"""How many mandates a broker may ask for: effective-dated parameters, because practice will want other numbers."""

from datetime import date

from django.db import migrations

from core import parameters

SINCE = date(2020, 1, 1)
ROWS = [
    {
        "key": "workers.mandate_requests_broker",
        "valid_from": SINCE,
        "value": 30,
        "unit": "次/24 小时",
        "title": "一名劳务经纪人最多请求委托的次数",
        "source": "本系统的内部管理值，不是法律规定：每次请求都会给农民工发一条短信。",
        "verified": False,
    },
    {
        "key": "workers.mandate_requests_phone",
        "valid_from": SINCE,
        "value": 3,
        "unit": "次/24 小时",
        "title": "一个手机号最多收到的委托请求",
        "source": "本系统的内部管理值，不是法律规定：一个手机号每天共 10 条验证码，要留给本人登录用。",
        "verified": False,
    },
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("workers", "0001_initial"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
