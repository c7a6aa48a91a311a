"""The lengths, shares and targets of prevention as dated parameters, and the first rules of the watch."""

from datetime import date

from django.db import migrations

from core import parameters

ACT = date(2020, 5, 1)  # 国务院令第724号 in force
ACCOUNT = date(2021, 7, 7)  # 人社部发〔2021〕53号
BOND = date(2021, 11, 1)  # 人社部发〔2021〕65号 in force
TARGETS = date(2025, 6, 25)  # 渝府办发〔2025〕38号
_ACCOUNT = "人社部发〔2021〕53号《工程建设领域农民工工资专用账户管理暂行办法》；按转述的地方文件录入，未核对原文。"
_BOND = "人社部发〔2021〕65号《工程建设领域农民工工资保证金规定》；按转载录入，未核对原文。"
_TARGET = "渝府办发〔2025〕38号《重庆市治理欠薪综合改革实施方案》：到 2025 年底。"
_PUBLICITY = "国务院令第724号《保障农民工工资支付条例》第二十七条。"
_MONTHS = "条例第十四条允许当期或者次期发放；本系统按次月的发薪日监测，具体以合同约定为准。"


def _row(key, since, value, unit, title, source, verified=False):
    return {
        "key": f"sites.{key}",
        "valid_from": since,
        "value": value,
        "unit": unit,
        "title": title,
        "source": source,
        "verified": verified,
    }


ROWS = [
    _row("account_days", ACCOUNT, 30, "日", "专户：施工合同签订后多少日内开立", _ACCOUNT),
    _row("bond_workdays", BOND, 20, "工作日", "保证金：多少个工作日内存储", _BOND),
    _row("bond_least", BOND, 100, "万分之一", "保证金：合同额的下限", _BOND),
    _row("bond_most", BOND, 300, "万分之一", "保证金：合同额的上限", _BOND),
    _row("bond_reduced_least", BOND, 50, "万分之一", "保证金：减收后的下限", _BOND),
    _row("bond_pay_workdays", BOND, 5, "工作日", "保证金：银行收到通知后多少个工作日内支付", _BOND),
    _row("bond_refill_workdays", BOND, 10, "工作日", "保证金：动用后多少个工作日内补足", _BOND),
    _row("small_contract_fen", BOND, 300_000_000, "分", "保证金：合同额低于多少、上年无拖欠的可以免存", _BOND),
    _row("publicity_days", ACT, 30, "日", "完工后公示多少日，才可以撤销专户", _PUBLICITY, True),
    _row("pay_months_after", ACT, 1, "个月", "一个月的工资在之后第几个月的发薪日前发", _MONTHS),
    _row("target_bond", TARGETS, 100, "%", "保证金存储率目标", _TARGET, True),
    _row("target_account", TARGETS, 85, "%", "专户运行率目标", _TARGET, True),
    _row("target_real_name", TARGETS, 70, "%", "实名制运行率目标", _TARGET, True),
    _row("target_paid_by", TARGETS, 85, "%", "总包代发运行率目标", _TARGET, True),
]

_ON_TIME = "《保障农民工工资支付条例》第十四条：按约定的日期足额支付；遇节假日或者休息日的，在之前支付。"
_FULL = "《保障农民工工资支付条例》第十一条至第十四条；《最低工资规定》。"
_DEPOSIT = "《保障农民工工资支付条例》第二十四条：人工费用拨付周期不得超过 1 个月；第二十九条。"
_FILES = "《保障农民工工资支付条例》第三十一条：按月编制工资支付表；第三十八条：监控预警平台。"
_OURS = "级别和天数是本系统的内部管理值。"
GREEN, YELLOW, RED = 1, 2, 3


def _rule(key, kind, offsets, level, title, text, source, on=True, **params):
    return {
        "key": key,
        "kind": kind,
        "offsets": offsets,
        "level": level,
        "title": title,
        "text": text,
        "source": f"{source}{_OURS}",
        "params": params,
        "valid_from": ACT,
        "is_on": on,
    }


_MINIMUM = "按出勤天数（21.75 天为一个月）折算，有人实发低于当地最低工资。不知道出勤天数的不判断。"
_LATE_10 = "发薪日后 10 天、17 天，有人应发未发：立即查处。"
_SHORT_3 = "发薪日后 3 天，有人实发少于应发，或少于合同约定。"
_SHORT_10 = "发薪日后 10 天、17 天，有人实发仍少于应发，或少于合同约定。"
_ACCOUNT_0 = "发薪日当天，当月人工费用没有足额拨付到工资专用账户。"
_ACCOUNT_10 = "发薪日后 10 天，当月人工费用仍没有足额拨付。"
_MANY = "发薪日后 3 天，10 人以上、三成以上应发未发。先试算，再启用。"
_NO_WAGES_3, _NO_WAGES_10 = "发薪日后 3 天，没有收到当月工资发放文件。", "发薪日后 10 天，仍没有收到当月工资发放文件。"
_NO_DAYS = "发薪日后 3 天，没有收到当月考勤文件。"
RULES = [
    _rule("unpaid-0", "unpaid", [0], GREEN, "发薪日有人没有发", "发薪日当天，有人应发未发。", _ON_TIME),
    _rule("unpaid-3", "unpaid", [3], YELLOW, "过 3 天还有人没有发", "发薪日后 3 天，有人应发未发。", _ON_TIME),
    _rule("unpaid-10", "unpaid", [10, 17], RED, "过 10 天还有人没有发", _LATE_10, _ON_TIME),
    _rule("underpaid-3", "underpaid", [3], YELLOW, "有人少发", _SHORT_3, _FULL),
    _rule("underpaid-10", "underpaid", [10, 17], RED, "过 10 天还有人少发", _SHORT_10, _FULL),
    _rule("minimum-10", "minimum", [10], RED, "有人低于最低工资", _MINIMUM, _FULL),
    _rule("deposit-0", "deposit", [0], YELLOW, "人工费用没有到专户", _ACCOUNT_0, _DEPOSIT, enough=100),
    _rule("deposit-10", "deposit", [10], RED, "过 10 天人工费用还没有到专户", _ACCOUNT_10, _DEPOSIT, enough=100),
    _rule("payroll-3", "missing", [3], GREEN, "没有报工资文件", _NO_WAGES_3, _FILES, file="payroll"),
    _rule("payroll-10", "missing", [10], YELLOW, "过 10 天还没有报工资文件", _NO_WAGES_10, _FILES, file="payroll"),
    _rule("attend-3", "missing", [3], GREEN, "没有报考勤文件", _NO_DAYS, _FILES, file="attend"),
    _rule("many-unpaid-3", "unpaid", [3], RED, "三成以上的人没有发", _MANY, _ON_TIME, on=False, people=10, percent=30),
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)
    rule = apps.get_model("sites", "WatchRule")
    for row in RULES:
        rule.objects.get_or_create(key=row["key"], defaults={k: v for k, v in row.items() if k != "key"})


class Migration(migrations.Migration):
    dependencies = [("sites", "0002_lines"), ("core", "0003_divisions_and_calendar")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
