"""What the rules of public rental housing depend on, each with its source and whether its text was seen."""

from django.db import migrations

from core import parameters

MEASURES = "《重庆市公共租赁住房管理暂行办法》（2010-07-01 起施行）"
DETAILS = "《重庆市公共租赁住房管理暂行办法》实施细则（2011）"
GUIDE = "重庆市公租房申请条件（2022-09-15 公布）"
PROCESS = "重庆市公租房申请审核流程"
SEEN_2010 = "重庆日报 2010-06-09 刊登的办法要点 www.cec100.cn/estate/news/2010/06-09/2331410.shtml"
RETOLD_2011 = "只见到转述，没有核对原文；生效月日不详，从 2011-01-01 起用"
SEEN_2022 = "重庆卫视 2022-09-15 报道的申请条件 www.4ll.net/society/271920.html"
NOT_FOUND = "没有查到规定原文，暂按此办，待主管部门确认"
RETOLD_PROCESS = "只见到转述 www.plnmw.com/InformationService/ardraiuguu.html，没有核对原文"

ROWS = [
    {
        "key": "housing.min_age",
        "valid_from": "2010-07-01",
        "value": 18,
        "unit": "岁",
        "title": "申请人最低年龄",
        "source": f"{MEASURES}；{SEEN_2010}",
        "verified": True,
    },
    {
        "key": "housing.home_m2_per_head",
        "valid_from": "2010-07-01",
        "value": 13,
        "unit": "㎡",
        "title": "人均住房建筑面积低于此数可以申请",
        "source": f"{MEASURES}；{SEEN_2010}",
        "verified": True,
    },
    {
        "key": "housing.family_support_bars",
        "valid_from": "2010-07-01",
        "value": True,
        "title": "父母、子女在申请地有住房资助能力的不能申请",
        "source": f"{MEASURES}；只见到转述，没有核对原文",
        "verified": False,
    },
    {
        "key": "housing.public_housing_bars",
        "valid_from": "2011-01-01",
        "value": True,
        "title": "已住公房、廉租房的不能申请",
        "source": f"{DETAILS}；{RETOLD_2011}",
        "verified": False,
    },
    {
        "key": "housing.transfer_years",
        "valid_from": "2011-01-01",
        "value": 3,
        "unit": "年",
        "title": "申请前多少年内没有转让过住房",
        "source": f"{DETAILS}；{RETOLD_2011}",
        "verified": False,
    },
    {
        "key": "housing.income_ceiling",
        "valid_from": "2011-01-01",
        "value": {"one": 200_000, "two": 300_000, "per_head": 150_000},
        "unit": "分/月",
        "title": "收入上限：1 人、2 人合计、3 人以上人均",
        "source": f"{DETAILS}；{RETOLD_2011}",
        "verified": False,
    },
    {
        "key": "housing.income_ceiling",
        "valid_from": "2022-09-15",
        "value": {},
        "unit": "分/月",
        "title": "收入上限：公布的条件里没有写",
        "source": f"{GUIDE}；{SEEN_2022}；但人民日报 2025-10 仍写“住房和收入标准符合要求”，两种说法待核实",
        "verified": False,
    },
    {
        "key": "housing.stable_work",
        "valid_from": "2011-01-01",
        "value": {"needs": "both", "contract_months": 12, "insurance_months": 6},
        "title": "在单位上班：合同期限和社保或公积金月数",
        "source": f"{DETAILS}；{RETOLD_2011}",
        "verified": False,
    },
    {
        "key": "housing.stable_work",
        "valid_from": "2022-09-15",
        "value": {"needs": "either"},
        "title": "在单位上班：劳动合同、公积金、社保有一样即可",
        "source": f"{GUIDE}；{SEEN_2022}",
        "verified": True,
    },
    {
        "key": "housing.flexible_work",
        "valid_from": "2011-01-01",
        "value": {"insurance_months": 6, "residence_months": 6},
        "title": "灵活就业：社保月数和居住月数",
        "source": f"{DETAILS}；{RETOLD_2011}",
        "verified": False,
    },
    {
        "key": "housing.students_may_apply",
        "valid_from": "2011-01-01",
        "value": True,
        "title": "在校学生能否申请",
        "source": f"{DETAILS}；{RETOLD_2011}，转述里没有提到学生",
        "verified": False,
    },
    {
        "key": "housing.students_may_apply",
        "valid_from": "2022-09-15",
        "value": False,
        "title": "在校学生能否申请",
        "source": f"{GUIDE}；{SEEN_2022}",
        "verified": True,
    },
    {
        "key": "housing.central_districts",
        "valid_from": "2010-07-01",
        "value": ["500103", "500104", "500105", "500106", "500107", "500108", "500109", "500112", "500113"],
        "title": "主城（中心城区）：在这些区申请，只看主城有没有住房",
        "source": "中心城区九区的划分；凭记忆写下，没有核对原文；2025-11-06 区划调整后待核实",
        "verified": False,
    },
    {
        "key": "housing.co_tenants_most",
        "valid_from": "2010-07-01",
        "value": 3,
        "unit": "人",
        "title": "合租最多几人",
        "source": f"{MEASURES}；2010 年报道转述，没有核对原文",
        "verified": False,
    },
    {
        "key": "housing.docs_workdays",
        "valid_from": "2010-07-01",
        "value": 15,
        "unit": "工作日",
        "title": "补交材料的期限",
        "source": f"{PROCESS}；{RETOLD_PROCESS}",
        "verified": False,
    },
    {
        "key": "housing.preliminary_workdays",
        "valid_from": "2010-07-01",
        "value": 20,
        "unit": "工作日",
        "title": "初审期限",
        "source": f"{PROCESS}；{RETOLD_PROCESS}",
        "verified": False,
    },
    {
        "key": "housing.final_workdays",
        "valid_from": "2010-07-01",
        "value": 7,
        "unit": "工作日",
        "title": "复审期限",
        "source": f"{PROCESS}；{RETOLD_PROCESS}",
        "verified": False,
    },
    {
        "key": "housing.publicity_days",
        "valid_from": "2010-07-01",
        "value": 7,
        "unit": "日",
        "title": "公示天数",
        "source": f"{PROCESS}；没有查到规定的天数，7 日是暂定值",
        "verified": False,
    },
    {
        "key": "housing.supplement_restarts_clock",
        "valid_from": "2010-07-01",
        "value": False,
        "title": "补交材料后，初审是否重新计时（否：补材料期间停表，补齐后接着计）",
        "source": f"{PROCESS}；{NOT_FOUND}",
        "verified": False,
    },
    {
        "key": "housing.return_restarts_clock",
        "valid_from": "2010-07-01",
        "value": False,
        "title": "复审退回后，初审是否重新计时（否：用剩下的工作日）",
        "source": f"{PROCESS}；{NOT_FOUND}",
        "verified": False,
    },
    {
        "key": "housing.objection_restarts_clock",
        "valid_from": "2010-07-01",
        "value": True,
        "title": "公示异议属实后，两次审核是否重新计时",
        "source": f"{PROCESS}（异议“重新调查核实”）；{NOT_FOUND}",
        "verified": False,
    },
    {
        "key": "housing.application_points",
        "valid_from": "2010-07-01",
        "value": ["500103", "500104", "500105", "500106", "500107", "500108", "500109", "500112", "500113"],
        "title": "主城小区的申请点设在哪些区（申请人选一个，初审由受托单位在那里办）",
        "source": f"{PROCESS}；{RETOLD_PROCESS}；申请点名单由市住房保障机构公布，没有查到，先按中心城区各区列出",
        "verified": False,
    },
    {
        "key": "housing.central_final_by_city",
        "valid_from": "2010-07-01",
        "value": True,
        "title": "主城小区的复审由市住房保障机构办理（其他区县由本区县办理）",
        "source": f"{PROCESS}；{RETOLD_PROCESS}；区县自办见 2023 年合川区公告的转述",
        "verified": False,
    },
    {
        "key": "housing.rounds_until_guaranteed",
        "valid_from": "2011-01-01",
        "value": 3,
        "unit": "轮",
        "title": "几轮没有选中就直接配租",
        "source": "公租房摇号配租的做法（2011）；唐华丽，China Daily HK 2011-10-22",
        "verified": True,
    },
]


def add(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("housing", "0001_initial"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
