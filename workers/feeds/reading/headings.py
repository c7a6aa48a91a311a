"""What offices call the columns of their tables, beside the registry's own names."""

import re
import unicodedata

# By column of the worker's row; the registry's label and the indicator's code are always understood.
ALIASES: dict[str, list[str]] = {
    "id_number": [
        "身份证号码",
        "身份证号",
        "身份证",
        "公民身份证号码",
        "公民身份证号",
        "居民身份证号码",
        "居民身份证号",
        "公民身份号",
        "身份号码",
        "证件号码",
        "证件号",
        "身份证件号码",
        "有效身份证件号码",
        "人员身份证号",
        "本人身份证号",
        "SFZH",
        "GMSFHM",
    ],
    "full_name": [
        "人员姓名",
        "本人姓名",
        "农民工姓名",
        "劳动者姓名",
        "学生姓名",
        "参保人姓名",
        "户主姓名或本人姓名",
        "XM",
    ],
    "sex": ["XB", "性别代码"],
    "birth_date": ["出生年月日", "出生日", "生日", "CSRQ"],
    "ethnicity": ["民族代码", "MZ"],
    "hukou_type": ["户口类型", "户籍性质", "户籍类型", "户口类别", "户别"],
    "hukou_division": [
        "户籍地代码",
        "户籍地区划代码",
        "户籍所在地",
        "户籍所在地代码",
        "户籍行政区划",
        "户籍地行政区划代码",
        "常住户口所在地",
    ],
    "marital_status": ["婚姻", "婚姻状态", "婚姻状况代码"],
    "household_no": ["户编号", "户口簿号", "家庭户号", "户籍号"],
    "household_size": ["家庭人口", "家庭人数", "户人口数", "家庭成员数"],
    "minor_children": ["未成年子女人数", "未成年子女"],
    "accompanying_children": ["随迁子女人数", "随迁子女"],
    "left_behind": ["留守成员", "留守人员", "留守人员类别", "留守家庭成员类别"],
    "poverty_monitoring": [
        "脱贫监测类别",
        "防返贫监测类别",
        "监测对象类别",
        "防止返贫监测类别",
        "脱贫防返贫监测类别",
        "脱贫户类型",
        "户类型",
    ],
    "education": ["文化程度", "学历层次", "最高学历", "学历代码", "受教育程度"],
    "graduation": ["毕业院校", "毕业院校及专业", "毕业学校", "毕业学校及专业", "毕业院校专业"],
    "certificate": [
        "证书",
        "证书编号",
        "职业资格证书",
        "技能等级证书",
        "职业资格证书编号",
        "职业技能等级证书",
        "证书名称及编号",
    ],
    "skill_level": ["职业技能等级", "技能等级代码", "证书等级"],
    "training_count": ["培训次数", "近12月培训次数", "近一年培训次数", "近12个月参加培训次数"],
    "last_training": ["最近培训项目", "最近一次培训", "培训项目", "培训工种", "最近培训项目名称"],
    "last_training_on": ["最近培训日期", "最近一次培训日期", "培训日期", "培训结束日期", "结业日期"],
    "training_subsidy_fen": ["培训补贴", "培训补贴金额", "累计补贴金额", "累计培训补贴金额"],
    "employment_status": ["就业失业状态", "就业状况", "就业情况", "从业状态"],
    "employer_uscc": [
        "统一社会信用代码",
        "单位统一社会信用代码",
        "用人单位信用代码",
        "信用代码",
        "企业统一社会信用代码",
        "USCC",
        "TYSHXYDM",
    ],
    "employer_name": ["单位名称", "用人单位", "工作单位", "企业名称", "就业单位", "参保单位", "从业单位", "服务处所"],
    "industry": ["行业", "所属行业", "行业代码", "行业门类", "国民经济行业"],
    "contract_type": ["合同类型", "劳动合同类型", "合同期限类型", "劳动合同期限类型"],
    "job_start": [
        "就业日期",
        "入职日期",
        "本次就业日期",
        "本次就业起始日期",
        "就业起始日期",
        "合同起始日期",
        "进场日期",
    ],
    "entrepreneurship": ["返乡创业", "创业状态", "返乡创业类型", "创业类型"],
    "wage_method": ["工资发放方式", "支付方式", "工资支付形式"],
    "wage_cycle": ["工资支付周期", "工资发放周期", "支付周期"],
    "site_registration": ["在建项目编号", "项目编号", "项目代码", "工程项目编号", "在建项目", "施工许可项目编号"],
    "payroll_account": ["工资卡", "工资卡状态", "工资卡绑定"],
    "pension_type": ["养老保险", "养老险种", "养老保险类型", "养老参保险种", "基本养老保险"],
    "pension_months": ["养老缴费月数", "养老保险缴费月数", "养老保险累计缴费月数", "累计缴费月数"],
    "medical_type": ["医疗保险", "医保险种", "医保类型", "医疗保险类型", "基本医疗保险", "医保参保类型"],
    "work_injury": ["工伤保险参保", "工伤参保", "工伤保险参保方式", "工伤保险类型"],
    "unemployment_ins": ["失业保险参保", "失业参保", "是否参加失业保险"],
    "housing_fund": ["公积金", "公积金状态", "公积金缴存状态", "住房公积金状态", "住房公积金缴存状态"],
    "social_card": ["社保卡", "社保卡状态", "社会保障卡状态", "社会保障卡类型"],
    "residence_division": [
        "现居住地代码",
        "居住地",
        "居住地代码",
        "居住地区划代码",
        "现住址区划代码",
        "现居住地区划代码",
        "居住地行政区划代码",
    ],
    "residence_permit": ["居住证状态", "居住证情况"],
    "residence_months": ["居住月数", "连续居住时间", "连续居住时长"],
    "child_school": ["随迁子女就读情况", "子女就读", "随迁子女就学情况", "随迁子女就读学校类型"],
    "assistance_class": ["就业困难人员类别", "援助类别", "就业援助对象类别", "困难人员类别"],
}

# The names of columns whose indicator has two; the indicator's own label names both.
OWN = {"last_training": "最近培训项目", "last_training_on": "最近培训日期"}

# The last column of a returned workbook; never read.
REASON = "原因"

# Remarks that change nothing about the value; （万元） or （分） do, and so are not taken off.
_REMARK = re.compile(r"\((?:必填|选填|元|人|次|个?月|代码|编码|文本|文本格式|18位|YYYY-MM-DD)\)", re.IGNORECASE)
_NOISE = re.compile(r"[\s*:/_\u200b-\u200f\u202a-\u202e\ufeff-]+")


def spelling(header: str) -> str:
    """One spelling per header: half width, no spaces, no asterisk, no remark such as （必填）."""
    return _NOISE.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", header))).lower()
