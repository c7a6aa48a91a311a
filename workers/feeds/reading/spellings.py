"""How offices write the values of our code lists: national codes with their details, words, and words for words."""

import re
import unicodedata
from functools import lru_cache

from ... import code_lists as lists
from ...indicators import Indicator

_BRACKETED = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_POINT_ZERO = re.compile(r"(\d)\.0+$")

# What tables write for a cell that says nothing.
NOTHING = frozenset({"", "-", "--", "---", "—", "——", "/", "\\", "NULL", "N/A", "NA", "NAN", "NONE", "NIL"})
YES = frozenset(["1", "是", "有", "Y", "YES", "TRUE", "T", "√", "已参保", "参保", "正常参保", "正常缴费"])
NO = frozenset(["0", "否", "无", "没有", "N", "NO", "FALSE", "F", "×", "未参保", "没有参保", "不参保"])

# GB/T 4658 details of a level (11 doctor … 14 master) and the words of earlier editions.
_EDUCATION = {
    lists.Education.GRADUATE: "11 12 13 14 15 16 17 18 19 博士 硕士 博士研究生 硕士研究生 研究生教育 研究生及以上",
    lists.Education.BACHELOR: "21 22 23 28 本科 大学 大学本科教育 本科及以上",
    lists.Education.COLLEGE: "31 32 33 38 大专 专科 高职 大学专科教育 专科教育 大专高职",
    lists.Education.VOCATIONAL: (
        "41 42 43 44 45 46 47 48 49 中等职业教育 中专 中职 职高 技校 职业高中 技工学校 中等专科 中等专业学校 中技"
    ),
    lists.Education.HIGH: "61 62 63 高中 普通高级中学 普通高级中学教育 高级中学",
    lists.Education.JUNIOR: "71 72 73 初级中学 初级中学教育 初中及以下",
    lists.Education.PRIMARY: "81 82 83 小学教育",
    lists.Education.NONE: "没上过学 未上过学 未上学 文盲 半文盲 文盲或半文盲 不识字 其他",
}
# GB/T 4754-2017: the sections' division codes, in order.
_DIVISIONS = {
    "A": (1, 5),
    "B": (6, 12),
    "C": (13, 43),
    "D": (44, 46),
    "E": (47, 50),
    "F": (51, 52),
    "G": (53, 60),
    "H": (61, 62),
    "I": (63, 65),
    "J": (66, 69),
    "K": (70, 70),
    "L": (71, 72),
    "M": (73, 75),
    "N": (76, 79),
    "O": (80, 82),
    "P": (83, 83),
    "Q": (84, 85),
    "R": (86, 90),
    "S": (91, 96),
    "T": (97, 97),
}
_INDUSTRY = {
    section: " ".join(f"{n:02d} {section}{n:02d}" for n in range(low, high + 1))
    for section, (low, high) in _DIVISIONS.items()
}
for _section, _words in {
    "A": "农业 农林牧渔 农林牧渔业",
    "B": "采矿",
    "C": "制造",
    "D": "电力热力燃气及水生产和供应业",
    "E": "建筑",
    "F": "批发零售 批发零售业",
    "G": "交通运输业 物流 交通运输仓储和邮政业",
    "H": "住宿餐饮 住宿餐饮业 餐饮业",
    "I": "信息技术 信息传输软件和信息技术服务业 软件业",
    "J": "金融",
    "K": "房地产",
    "L": "租赁商务 租赁和商务",
    "M": "科学研究和技术服务",
    "N": "水利环境和公共设施管理业",
    "O": "居民服务 居民服务业 居民服务修理和其他服务业",
    "P": "教育业",
    "Q": "卫生 卫生社会工作",
    "R": "文化体育和娱乐业 文体娱乐",
    "S": "公共管理社会保障和社会组织 公共管理",
}.items():
    _INDUSTRY[_section] += " " + _words

# By column: the code and what else means it, beside the code itself and the list's own words.
_WORDS: dict[str, dict[str, str]] = {
    "sex": {"1": "男性 M", "2": "女性 F"},
    "hukou_type": {
        "1": "农业 农村 农业家庭户口 农业家庭户 农村户口 农业户",
        "2": "非农业 城镇 城镇户口 非农业家庭户口 非农业家庭户 非农 非农户口",
        "3": "居民 居民户口 居民家庭户口 居民家庭户 统一居民户口",
    },
    "marital_status": {
        "10": "单身",
        "20": "有配偶 结婚 已结婚",
        "30": "丧偶未再婚",
        "40": "离异 离婚未再婚",
        "90": "不详",
    },
    "left_behind": {"1": "留守儿童", "2": "留守妇女", "3": "留守老人", "0": "没有"},
    "poverty_monitoring": {
        "1": "一般 非监测户",
        "2": "脱贫 脱贫人口 稳定脱贫户",
        "3": "脱贫不稳定 脱贫不稳定人口",
        "4": "边缘易致贫 边缘户 边缘易致贫人口",
        "5": "突发严重困难 突发困难户",
    },
    "education": _EDUCATION,
    "skill_level": {
        "1": "学徒",
        "2": "五级 五级工 初级",
        "3": "四级 四级工 中级",
        "4": "三级 三级工 高级",
        "5": "二级",
        "6": "一级",
    },
    "employment_status": {
        "1": "就业 已就业 单位就业 在职",
        "2": "灵活",
        "3": "创业 自主创业",
        "4": "失业 登记失业人员",
        "5": "未就业有意愿 未就业有就业意愿 有就业意愿",
        "6": "未就业无意愿 未就业无就业意愿 无就业意愿",
        "7": "务农",
        "8": "退出劳动力 退休 丧失劳动能力",
    },
    "industry": _INDUSTRY,
    "contract_type": {
        "1": "无固定期限劳动合同 无固定期限合同",
        "2": "固定期限劳动合同 固定期限合同 有固定期限",
        "3": "完成一定任务 以完成一定工作任务为期限 以完成一定工作任务为期限的劳动合同",
        "4": "劳务合同 劳务",
        "5": "未签 未签订 没签 未签劳动合同 无",
    },
    "entrepreneurship": {
        "0": "否 无 未创业",
        "1": "个体户 个体工商",
        "2": "企业 公司",
        "3": "农民合作社 专业合作社",
        "4": "园区入驻 园区",
    },
    "wage_method": {
        "1": "银行代发 专户代发 农民工工资专用账户 专用账户 银行代发(专户)",
        "2": "转账 银行卡 银行",
        "3": "现金发放 现金支付",
    },
    "wage_cycle": {
        "1": "月 月薪 月结",
        "2": "周 周薪 周结",
        "3": "日 日薪 日结",
        "4": "小时 时薪",
        "5": "按件 计件工资",
    },
    "payroll_account": {"0": "无 没有 未绑", "1": "社会保障卡 社保卡已绑定", "2": "银行卡已绑定 普通银行卡"},
    "pension_type": {
        "0": "未参保 无",
        "1": "企业职工 职工养老保险 职工 企业职工基本养老保险 城镇职工基本养老保险",
        "2": "灵活就业职工 灵活就业 灵活就业人员 职工(灵活就业)",
        "3": "城乡居民 居民养老保险 城乡居民基本养老保险 居民",
    },
    "medical_type": {
        "0": "未参保 无",
        "1": "职工 职工医疗保险 职工基本医疗保险 城镇职工基本医疗保险",
        "2": "城乡居民 居民医保 城乡居民基本医疗保险 居民",
        "3": "异地 异地参保 外地参保",
    },
    "work_injury": {"0": "无 未参保", "1": "单位 单位缴费", "2": "项目 项目参保 按项目"},
    "housing_fund": {"0": "无 未缴存", "1": "正常 缴存", "2": "封存", "3": "灵活就业 灵活就业人员缴存"},
    "social_card": {"0": "无 未持卡", "1": "实体 实体社保卡 持卡", "2": "电子 电子卡 电子社会保障卡"},
    "residence_permit": {"0": "无 未办理", "1": "正常", "2": "未签注", "3": "中止 功能中止"},
    "child_school": {
        "1": "公办园",
        "2": "普惠园 普惠性幼儿园",
        "3": "公办小学 公办初中 公办小学/初中 公办学校",
        "4": "政府购买学位民办 政府购买学位",
        "5": "其他民办 民办学校",
        "0": "未入学",
    },
    "assistance_class": {
        "0": "没有",
        "1": "大龄 大龄失业人员 大龄人员",
        "2": "长期失业人员",
        "3": "残疾",
        "4": "低保 低保对象 低保人员 最低生活保障",
        "5": "脱贫人员 脱贫劳动力",
        "6": "零就业家庭",
        "7": "失地 被征地农民",
        "8": "刑释人员 刑满释放",
    },
}


def spelled(text: str) -> str:
    """One spelling per value: half width, capitals, no spaces, 1 for Excel's 1.0."""
    return _POINT_ZERO.sub(r"\1", _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper())


@lru_cache(maxsize=128)
def codes_of(indicator: Indicator) -> dict[str, str]:
    """Spelling → code for an indicator with a code list. What a code itself says goes before what words say."""
    meant: dict[str, str] = {}
    for code, label in indicator.choices.choices:
        word = spelled(str(label))
        meant[word] = meant[_BRACKETED.sub("", word)] = code
        if indicator.code == "ethnicity":
            meant[word.removesuffix("族")] = code
    for code, words in _WORDS.get(indicator.code, {}).items():
        meant.update({spelled(word): str(code) for word in words.split()})
    for code in indicator.choices.values:
        meant[spelled(code)] = code
    for code in indicator.choices.values:
        meant.setdefault(code.lstrip("0") or code, code)  # spreadsheets drop a leading zero
    return meant


def code_of(indicator: Indicator, text: str) -> str | None:
    """The code that a cell means; None when the list has nothing like it."""
    key = spelled(text)
    code = codes_of(indicator).get(key)
    if code is None and indicator.code == "industry" and re.fullmatch(r"[A-T]\d{3,4}", key):
        return codes_of(indicator).get(key[:3])
    return code
