"""Number sequences, and the lengths of the law's deadlines as effective-dated parameters."""

from datetime import date

from django.db import migrations

from core import parameters

INSPECTION = date(2004, 12, 1)  # 《劳动保障监察条例》 in force
RULES = date(2005, 2, 1)  # 《关于实施〈劳动保障监察条例〉若干规定》 in force
CRIME = date(2013, 1, 23)  # 法释〔2013〕3号 in force

ROWS = [
    {
        "key": "wages.accept_workdays",
        "valid_from": RULES,
        "value": 5,
        "unit": "工作日",
        "title": "投诉受理期限",
        "source": "《关于实施〈劳动保障监察条例〉若干规定》（劳社部令第25号）：接到投诉之日起 5 个工作日内受理或书面不予受理。"
        "按转载文本录入，未核对原文。",
        "verified": False,
    },
    {
        "key": "wages.close_workdays",
        "valid_from": INSPECTION,
        "value": 60,
        "unit": "工作日",
        "title": "立案后调查期限",
        "source": "《劳动保障监察条例》（国务院令第423号）第十七条：自立案之日起 60 个工作日内完成。",
        "verified": True,
    },
    {
        "key": "wages.extension_workdays",
        "valid_from": INSPECTION,
        "value": 30,
        "unit": "工作日",
        "title": "复杂案件可延长",
        "source": "《劳动保障监察条例》第十七条：情况复杂的，经负责人批准，可以延长 30 个工作日。",
        "verified": True,
    },
    {
        "key": "wages.warn_percent",
        "valid_from": INSPECTION,
        "value": 80,
        "unit": "%",
        "title": "期限用到多少时预警",
        "source": "本系统的内部管理值，不是法律规定。",
        "verified": False,
    },
    {
        "key": "wages.limitation_years",
        "valid_from": INSPECTION,
        "value": 2,
        "unit": "年",
        "title": "监察时效",
        "source": "《劳动保障监察条例》第二十条：2 年内未被发现、也未被举报投诉的，不再查处；连续或继续状态的自终了之日起算。",
        "verified": True,
    },
    {
        "key": "wages.extra_percent_least",
        "valid_from": INSPECTION,
        "value": 50,
        "unit": "%",
        "title": "逾期不付工资，加付赔偿金的下限",
        "source": "《劳动保障监察条例》第二十六条：按照应付金额 50% 以上 1 倍以下加付赔偿金；《劳动合同法》第八十五条同。",
        "verified": True,
    },
    {
        "key": "wages.extra_percent_most",
        "valid_from": INSPECTION,
        "value": 100,
        "unit": "%",
        "title": "逾期不付工资，加付赔偿金的上限",
        "source": "《劳动保障监察条例》第二十六条：按照应付金额 50% 以上 1 倍以下加付赔偿金；《劳动合同法》第八十五条同。",
        "verified": True,
    },
    {
        "key": "wages.review_days",
        "valid_from": date(2024, 1, 1),
        "value": 60,
        "unit": "日",
        "title": "不服不予受理决定，申请行政复议的期限",
        "source": "《行政复议法》（2023 年修订，2024-01-01 起施行）第二十条：自知道该行政行为之日起六十日内。",
        "verified": True,
    },
    {
        "key": "wages.suit_months",
        "valid_from": date(2015, 5, 1),
        "value": 6,
        "unit": "个月",
        "title": "不服不予受理决定，提起行政诉讼的期限",
        "source": "《行政诉讼法》第四十六条：自知道作出行政行为之日起六个月内。起用日期按 2014 年修正的施行日录入。",
        "verified": True,
    },
    {
        "key": "wages.arbitration_years",
        "valid_from": date(2008, 5, 1),
        "value": 1,
        "unit": "年",
        "title": "离开单位后申请劳动仲裁的时效",
        "source": "《劳动争议调解仲裁法》第二十七条：劳动关系终止的，自终止之日起一年内提出；存续期间拖欠劳动报酬的不受限制。",
        "verified": True,
    },
    {
        "key": "wages.collective_people",
        "valid_from": date(2008, 5, 1),
        "value": 10,
        "unit": "人",
        "title": "多少人以上的投诉请推选代表",
        "source": "《劳动争议调解仲裁法》第七条（十人以上可以推举代表）；劳动保障监察投诉参照，未查到监察的专门规定。",
        "verified": False,
    },
    {
        "key": "wages.collective_fewest",
        "valid_from": date(2008, 5, 1),
        "value": 3,
        "unit": "人",
        "title": "集体投诉的代表，最少",
        "source": "《劳动人事争议仲裁办案规则》第五条：三至五名代表人；按转载录入，未核对原文，监察投诉参照。",
        "verified": False,
    },
    {
        "key": "wages.collective_most",
        "valid_from": date(2008, 5, 1),
        "value": 5,
        "unit": "人",
        "title": "集体投诉的代表，最多",
        "source": "《劳动人事争议仲裁办案规则》第五条：三至五名代表人；按转载录入，未核对原文，监察投诉参照。",
        "verified": False,
    },
    {
        "key": "wages.crime_one_months",
        "valid_from": CRIME,
        "value": 3,
        "unit": "个月",
        "title": "拒不支付劳动报酬罪提示线：一人欠薪月数",
        "source": "法释〔2013〕3号第三条第一项。仅作提示，不代替判断。",
        "verified": True,
    },
    {
        "key": "wages.crime_one_fen",
        "valid_from": CRIME,
        "value": 500_000,
        "unit": "分",
        "title": "拒不支付劳动报酬罪提示线：一人金额",
        "source": "法释〔2013〕3号第三条第一项：5,000 元至 20,000 元以上，由各省高级法院定。重庆的具体数额未查到，取全国下限作提示。",
        "verified": False,
    },
    {
        "key": "wages.crime_group_workers",
        "valid_from": CRIME,
        "value": 10,
        "unit": "人",
        "title": "拒不支付劳动报酬罪提示线：多人人数",
        "source": "法释〔2013〕3号第三条第二项。仅作提示，不代替判断。",
        "verified": True,
    },
    {
        "key": "wages.crime_group_fen",
        "valid_from": CRIME,
        "value": 3_000_000,
        "unit": "分",
        "title": "拒不支付劳动报酬罪提示线：多人金额",
        "source": "法释〔2013〕3号第三条第二项：30,000 元至 100,000 元以上。重庆的具体数额未查到，取全国下限作提示。",
        "verified": False,
    },
    {
        "key": "wages.minimum_monthly_fen",
        "valid_from": date(2025, 1, 1),
        "value": {"district": 233_000, "county": 220_000},
        "unit": "分/月",
        "title": "最低工资标准（第一档区县、第二档 12 个县）",
        "source": "重庆市最低工资标准 2025-01-01 起：2,330 元与 2,200 元。按转载录入，未核对原文。",
        "verified": False,
    },
    {
        "key": "wages.on_time_target_percent",
        "valid_from": date(2025, 6, 25),
        "value": 96,
        "unit": "%",
        "title": "欠薪线索按期办结率目标",
        "source": "渝府办发〔2025〕38号《重庆市治理欠薪综合改革实施方案》：到 2025 年底 96% 以上。",
        "verified": True,
    },
    {
        "key": "wages.on_time_target_percent",
        "valid_from": date(2027, 12, 31),
        "value": 98,
        "unit": "%",
        "title": "欠薪线索按期办结率目标",
        "source": "渝府办发〔2025〕38号《重庆市治理欠薪综合改革实施方案》：到 2027 年底 98% 以上。",
        "verified": True,
    },
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("wages", "0001_initial"), ("core", "0003_divisions_and_calendar")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE wages_case_serial START 118001;"
            " CREATE SEQUENCE wages_code_serial START 208; CREATE SEQUENCE wages_document_serial START 1;",
            "DROP SEQUENCE wages_case_serial; DROP SEQUENCE wages_code_serial; DROP SEQUENCE wages_document_serial;",
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
