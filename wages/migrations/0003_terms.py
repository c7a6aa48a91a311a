"""The terms of arbitration, enforcement, service and first contact, and the two shares of a term at which people are
told; every row says where it comes from and whether that was read."""

from datetime import date

from django.db import migrations

from core import parameters

INSPECTION = date(2004, 12, 1)  # 《劳动保障监察条例》 in force
RULES = date(2005, 2, 1)  # 《关于实施〈劳动保障监察条例〉若干规定》 in force
ARBITRATION = date(2008, 5, 1)  # 《劳动争议调解仲裁法》 in force
FORCE = date(2012, 1, 1)  # 《行政强制法》 in force
SINCE = date(2005, 2, 1)

_LAW = "《劳动争议调解仲裁法》（2007-12-29）第{article}条：{words}"


def _row(key, valid_from, value, unit, title, source, *, verified):
    return {
        "key": f"wages.{key}",
        "valid_from": valid_from,
        "value": value,
        "unit": unit,
        "title": title,
        "source": source,
        "verified": verified,
    }


def _arbitration(key, value, title, article, words, unit="日"):
    source = _LAW.format(article=article, words=words)
    return _row(key, ARBITRATION, value, unit, title, source, verified=True)


ROWS = [
    _row(
        "warn_percent_first", SINCE, 70, "%", "期限用到多少时第一次提醒（承办人）",
        "本系统的内部管理值，不是法律规定。", verified=False,
    ),
    _row(
        "warn_percent_second", SINCE, 90, "%", "期限用到多少时第二次提醒（本区县工作人员）",
        "本系统的内部管理值，不是法律规定。", verified=False,
    ),
    _row(
        "contact_workdays", SINCE, 3, "工作日", "收到投诉后首次联系投诉人",
        "本系统的内部管理值；参照大庆“欠薪维权二维码”3 个工作日内电话回复的做法（2020-06-15 报道），不是法律规定。",
        verified=False,
    ),
    _row(
        "decision_workdays", RULES, 15, "工作日", "调查终结后作出处理决定",
        "《关于实施〈劳动保障监察条例〉若干规定》（劳社部令第25号）：调查终结之日起 15 个工作日内作出决定。凭记忆录入，未核对原文。",
        verified=False,
    ),
    _row(
        "service_days", RULES, 7, "日", "文书作出后送达",
        "《关于实施〈劳动保障监察条例〉若干规定》（劳社部令第25号）：决定作出之日起 7 日内送达。凭记忆录入，未核对原文。",
        verified=False,
    ),
    _row(
        "penalty_workdays_up_to", RULES, 7, "日", "监察、处罚文书中几日以内指工作日",
        "《行政处罚法》（2021 年修订）第八十五条：“二日”“三日”“五日”“七日”的规定是指工作日，不含法定节假日。"
        "劳动保障监察文书的送达参照这一条，参照本身未查到依据。",
        verified=False,
    ),
    _row(
        "demand_days", FORCE, 10, "日", "催告书送达后多少日可以申请法院强制执行",
        "《行政强制法》第五十四条：催告书送达十日后当事人仍未履行义务的，可以申请人民法院强制执行。", verified=True,
    ),
    _row(
        "court_months", FORCE, 3, "个月", "复议、起诉期限届满后申请法院强制执行的期限",
        "《行政强制法》第五十三条：自期限届满之日起三个月内申请人民法院强制执行。", verified=True,
    ),
    _row(
        "enforcement_workdays_up_to", FORCE, 10, "日", "行政强制法中几日以内指工作日",
        "《行政强制法》第六十九条：本法中十日以内期限的规定是指工作日，不含法定节假日。", verified=True,
    ),
    _row(
        "arbitration_workdays_up_to", ARBITRATION, 10, "日", "仲裁程序中几日以内指工作日",
        "《劳动人事争议仲裁办案规则》：“三日”“五日”“十日”指工作日，“十五日”“四十五日”指自然日。凭记忆录入，未核对原文；"
        "起用日期按调解仲裁法施行日录入。",
        verified=False,
    ),
    _arbitration("arbitration_accept_days", 5, "仲裁委决定是否受理", "二十九", "收到仲裁申请之日起五日内。"),
    _arbitration("arbitration_serve_days", 5, "仲裁申请书送达被申请人", "三十", "受理后五日内将副本送达被申请人。"),
    _arbitration("arbitration_defence_days", 10, "被申请人提交答辩书", "三十", "收到副本后十日内提交答辩书。"),
    _arbitration("arbitration_hearing_notice_days", 5, "开庭通知最迟在开庭几日前", "三十五", "开庭五日前书面通知双方。"),
    _arbitration("arbitration_award_days", 45, "仲裁裁决", "四十三", "自受理仲裁申请之日起四十五日内结束。"),
    _arbitration("arbitration_award_extra_days", 15, "仲裁裁决可延长", "四十三", "延长期限不得超过十五日。"),
    _arbitration("arbitration_suit_days", 15, "不服裁决，起诉的期限", "四十八、五十", "自收到裁决书之日起十五日内。"),
    _arbitration("mediation_days", 15, "调解组织调解的期限", "十四", "收到调解申请之日起十五日内未达成协议的，可以申请仲裁。"),
    _arbitration(
        "arbitration_final_months", 12, "终局裁决的上限：几个月的最低工资", "四十七",
        "追索劳动报酬，不超过当地月最低工资标准十二个月金额的争议，裁决为终局裁决。", unit="个月",
    ),
    _row(
        "arbitration_fast_award_days", ARBITRATION, 30, "日", "速裁庭办结欠薪仲裁的内部期限",
        "各地对欠薪争议速裁的做法，审限缩短到三十日内（2019-08-03《珠海特区报》报道）；是内部要求，法定期限仍是四十五日。",
        verified=False,
    ),
]  # fmt: skip


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("wages", "0002_sequences_and_parameters")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
