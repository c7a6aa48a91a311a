"""The numbers of the registry as effective-dated parameters: what a law sets, and what practice may want otherwise."""

from datetime import date

from django.db import migrations

from core import parameters

SINCE = date(2020, 1, 1)
CHILD_LABOUR = date(2002, 12, 1)  # 《禁止使用童工规定》 in force
OURS = "本系统的内部管理值，不是法律规定：{}"
BY_LAW = [
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
    {
        "key": "workers.erasure_keep_years",
        "valid_from": SINCE,
        "value": 10,
        "unit": "年",
        "title": "欠薪案件、公租房申请的案卷保存年限",
        "source": "待核实：个人信息保护法第四十七条第二款（法律、行政法规规定的保存期限未届满的不删除）；具体年限以各部门文件材料归档范围和保管期限规定为准，本值是内部暂定。",
        "verified": False,
    },
]
# key, value, unit, title, why
OUR_OWN = [
    (
        "mandate_requests_broker",
        30,
        "次/24 小时",
        "一名劳务经纪人最多请求委托的次数",
        "每次请求都会给农民工发一条短信。",
    ),
    (
        "mandate_requests_phone",
        3,
        "次/24 小时",
        "一个手机号最多收到的委托请求",
        "一个手机号每天共 10 条验证码，要留给本人登录用。",
    ),
    (
        "dispute_workdays",
        15,
        "工作日",
        "更正申请的答复期限",
        "个人信息保护法第四十六条只要求“及时”更正、补充，第五十条要求便捷受理、拒绝的说明理由。",
    ),
    ("erasure_workdays", 15, "工作日", "删除申请的办理期限", "个人信息保护法第四十七条、第五十条没有写天数。"),
    (
        "reveals_per_day",
        60,
        "次/天",
        "一名工作人员每天最多查看的完整号码",
        "个人信息保护法第六条要求限于实现处理目的的最小范围。",
    ),
    ("lookups_per_day", 30, "次/天", "一名劳务经纪人每天最多用号码查人的次数", "要查的是站在面前或打来电话的人，不是名单。"),
    (
        "confirm_own_days",
        30,
        "天",
        "自己填的信息满多少天以后，本人可以一键确认没有变化",
        "刚填过的没有什么可确认的；确认只是点一下，不必等到半年。",
    ),
    ("confirm_hours", 72, "小时", "劳务经纪人代为更新后，本人多久内可以确认", "太久以后的“都对”说明不了当时的内容。"),
    (
        "confirm_sms_per_day",
        2,
        "条/天",
        "一名农民工每天最多收到几条请他确认的短信",
        "再有更新照样登记，本人可以在“我的”里确认。",
    ),
    ("paper_mandate_workdays", 5, "工作日", "纸质委托书的核对期限", "农民工和经纪人都在等，核对只需看照片、打一个电话。"),
    ("freshness_months", 6, "个月", "一项信息多久没有核实就该更新", "农民工换工多在春节、农忙前后，半年一问。"),
    ("freshness_most", 4, "倍", "一项信息最多按期限的几倍计", "两年和五年没有核实同样陈旧；从没说过的也按这个计。"),
    ("freshness_wants_job_percent", 150, "%", "正在找工作的人按百分之几计", "推荐岗位用得着的人先问。"),
    ("freshness_signal", 30, "分", "部门后来登记了变化的加分", "就业、单位或住处变了，别的多半也变了。"),
    ("freshness_unconfirmed", 20, "分", "上次更新过期没有确认的加分", "没有确认的内容分量最低。"),
    ("freshness_weight_job_intent", 30, "分", "更新顺序：求职意愿的分量", "推荐岗位最先用到。"),
    ("freshness_weight_trade", 20, "分", "更新顺序：主要工种的分量", "推荐岗位用到。"),
    ("freshness_weight_work_division", 15, "分", "更新顺序：务工地的分量", "推荐岗位用到，也变得最勤。"),
    ("freshness_weight_employment_status", 15, "分", "更新顺序：就业状态的分量", "推荐岗位用到。"),
    ("freshness_weight_monthly_income", 10, "分", "更新顺序：月均收入的分量", "谈工资时用到。"),
    ("freshness_weight_months_worked", 5, "分", "更新顺序：本年从业月数的分量", "统计用到。"),
    ("freshness_weight_training_need", 5, "分", "更新顺序：培训需求的分量", "安排培训用到。"),
]


def seed(apps, schema_editor):
    ours = [
        {
            "key": f"workers.{key}",
            "valid_from": SINCE,
            "value": value,
            "unit": unit,
            "title": title,
            "source": OURS.format(why),
            "verified": False,
        }
        for key, value, unit, title, why in OUR_OWN
    ]
    parameters.seed(apps, BY_LAW + ours)


class Migration(migrations.Migration):
    dependencies = [("workers", "0003_lists_and_room"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
