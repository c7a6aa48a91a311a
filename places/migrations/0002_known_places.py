"""What sources name: nation-wide hotlines and offices outside the city. Phones and addresses nobody named stay empty."""

from django.db import migrations

CITY = "500000"
ROWS = [
    {
        "kind": "hotline",
        "name": "人社服务热线 12333",
        "division": CITY,
        "phone": "12333",
        "note": "工资被拖欠、社保、就业，都可以问，也可以投诉。",
        "source": "全国统一的人力资源社会保障咨询服务电话。按公开资料录入，未向该处核对。",
    },
    {
        "kind": "hotline",
        "name": "政务服务便民热线 12345",
        "division": CITY,
        "phone": "12345",
        "note": "不知道归哪个部门管，打这个，由它转办并回复。",
        "source": "国办发〔2020〕53号：各地政务服务便民热线统一为 12345。按公开资料录入，未核对原文。",
    },
    {
        "kind": "hotline",
        "name": "公共法律服务热线 12348",
        "division": CITY,
        "phone": "12348",
        "note": "免费法律咨询，申请法律援助。",
        "source": "司法部全国统一的公共法律服务热线。按公开资料录入，未向该处核对。",
    },
    {
        "kind": "outside",
        "name": "重庆市驻杭州办事机构",
        "division": "33",
        "note": "在浙江打工的重庆老乡，工资、维权可以找它。",
        "source": "华龙网（cqnews.net）2026-02-11 报道提到驻杭州办事机构；正式名称、地址和电话未公布。",
    },
    {
        "kind": "outside",
        "name": "重庆市驻湖北办事机构",
        "division": "42",
        "note": "在湖北打工的重庆老乡，工资、维权可以找它。",
        "source": "华龙网（cqnews.net）2026-02-11 报道提到驻湖北办事机构；正式名称、地址和电话未公布。",
    },
    {
        "kind": "outside",
        "name": "重庆市驻陕西办事机构",
        "division": "61",
        "note": "在陕西打工的重庆老乡，工资、维权可以找它。",
        "source": "华龙网（cqnews.net）2026-02-11 报道提到驻陕西办事机构；正式名称、地址和电话未公布。",
    },
    {
        "kind": "outside",
        "name": "重庆市驻福州办事机构",
        "division": "35",
        "note": "在福建打工的重庆老乡，工资、维权可以找它。",
        "source": "华龙网（cqnews.net）2026-02-11 报道提到驻福州办事机构；正式名称、地址和电话未公布。",
    },
    {
        "kind": "outside",
        "name": "重庆市农民工工作领导小组办公室驻山东办事处",
        "division": "37",
        "note": "在山东打工的重庆老乡，工资、维权可以找它。",
        "source": "济南日报 2018-10-19（https://m.yybnet.net/shandong/news/201810/8212637.html）；地址和电话未公布，是否仍在未核对。",
    },
]


def add(apps, schema_editor):
    place = apps.get_model("places", "Place")
    for row in ROWS:
        place.objects.get_or_create(name=row["name"], division=row["division"], defaults={"verified": False, **row})


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
