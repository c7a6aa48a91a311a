"""Every figure of the report, declared once: pages, tables, downloads and the definitions page read this."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from . import classes
from .suppression import ALL

VERSION = "2026.2"  # goes up when a definition below changes its meaning


class Unit(Enum):
    """What a figure counts; decides how it is written and compared."""

    PEOPLE = _("人")
    YUAN = _("元/月")
    CASES = _("件")
    POSTS = _("个")
    PERCENT = _("%")


@dataclass(frozen=True)
class Figure:
    """A figure: one number for each category. `source` names the law or survey that the definition follows."""

    key: str
    title: str
    unit: Unit
    categories: Mapping[str, str]
    basis: str
    source: str


_REGISTRY = _("农民工实名登记册")
_SURVEY = _("国家统计局《农民工监测调查报告》指标解释")
_TOTAL = {ALL: _("合计")}
_NOT_STATED = _("未登记")

WORKERS = (
    Figure(
        "workers.total",
        _("登记农民工"),
        Unit.PEOPLE,
        _TOTAL,
        _(
            "到本期末已在实名登记册登记的农民工，按户籍地归区县。户籍不在重庆的只计入全市。是登记数，不是抽样调查推算的总量。"
        ),
        _REGISTRY,
    ),
    Figure(
        "workers.by_migration",
        _("务工类型"),
        Unit.PEOPLE,
        classes.labels(classes.MIGRATION, _NOT_STATED),
        _("本地指在户籍所在乡镇内从业，外出指在乡镇以外从业。"),
        _SURVEY,
    ),
    Figure(
        "workers.by_sex",
        _("性别"),
        Unit.PEOPLE,
        classes.labels(classes.SEX, _NOT_STATED),
        _("按居民身份证登记的性别。"),
        _("GB/T 2261.1—2003"),
    ),
    Figure(
        "workers.by_age",
        _("年龄"),
        Unit.PEOPLE,
        classes.labels(classes.AGE, _("未登记或不满 16 岁")),
        _("数据截止日的周岁。50 岁以上指满 51 周岁，与国家统计局分组一致。"),
        _SURVEY,
    ),
    Figure(
        "workers.by_education",
        _("学历"),
        Unit.PEOPLE,
        classes.labels(classes.EDUCATION, _NOT_STATED),
        _("高中包括普通高中和中等职业教育；大专及以上包括大学专科、本科和研究生。"),
        _("GB/T 4658—2006，分组按国家统计局"),
    ),
    Figure(
        "workers.by_industry",
        _("从业行业"),
        Unit.PEOPLE,
        classes.labels(classes.INDUSTRY, _("未从业或未登记")),
        _("现从业单位所属行业门类；六大行业单列，其余按三次产业归并。"),
        _("GB/T 4754—2017，分组按国家统计局"),
    ),
)
INCOME = (
    Figure(
        "income.mean",
        _("月均收入"),
        Unit.YUAN,
        {ALL: _("合计"), classes.LOCAL: _("本地"), "outgoing": _("外出")},
        _("月均收入 = 当年劳动收入之和 ÷ 从业月数之和，按从业月数加权；只计登记了收入和从业月数的人。"),
        _SURVEY,
    ),
    Figure(
        "income.by_industry",
        _("分行业月均收入"),
        Unit.YUAN,
        {group.key: group.label for group in classes.INDUSTRY},
        _("同上，按现从业行业分组。"),
        _SURVEY,
    ),
)
JOBS = (
    Figure(
        "jobs.vacancies",
        _("发布岗位"),
        Unit.POSTS,
        {"published": _("发布的招聘"), "places": _("招聘人数")},
        _("本期内审核通过并发布的招聘，按工作地点归区县。"),
        _("《人力资源市场暂行条例》第二十四条"),
    ),
    Figure(
        "jobs.placements",
        _("确认就业"),
        Unit.PEOPLE,
        _TOTAL,
        _("本期内确认录用的报名，一人被两家录用计两次，按户籍地归区县。"),
        _("平台业务数据"),
    ),
)
WAGES = (
    Figure(
        "wages.cases",
        _("欠薪投诉和举报"),
        Unit.CASES,
        {
            "filed": _("收到"),
            "closed": _("办结"),
            "open": _("期末在办"),
            "due": _("应办结"),
        },
        _(
            "按用工地归区县，移交其他区县的归接办的区县。"
            "办结不含投诉人撤回的。应办结 = 本期按期办结的 + 办结期限在本期届满而到期未办结的；"
            "未立案即答复的（不予受理、转送）按答复当月计。"
        ),
        _("《劳动保障监察条例》第十七条；《关于实施〈劳动保障监察条例〉若干规定》第十八条"),
    ),
    Figure(
        "wages.on_time_rate",
        _("按期办结率"),
        Unit.PERCENT,
        _TOTAL,
        _(
            "按期办结率 = 按期办结 ÷ 应办结。最后一日当天办结算按期；依法延长的按延长后的期限；等待补正的不计；"
            "每件只计一次：按期的计入办结当月，超期的计入期限届满当月。"
        ),
        _("渝府办发〔2025〕38号"),
    ),
)
HOUSING = (
    Figure(
        "housing.queue",
        _("公租房申请"),
        Unit.PEOPLE,
        {
            "accepting": _("待受理、待补材料"),
            "preliminary": _("初审中"),
            "final": _("复审中"),
            "publicity": _("公示中"),
            "waiting": _("轮候中"),
            "housed": _("已配租、已入住"),
        },
        _("到本期末已提交的申请按编制时的办理阶段计，一户一件，按初审所在区县归并；已撤回、未通过和已退出的不计。"),
        _("《重庆市公共租赁住房管理暂行办法》"),
    ),
)

GROUPS: tuple[tuple[str, tuple[Figure, ...]], ...] = (
    (_("规模与构成"), WORKERS),
    (_("收入"), INCOME),
    (_("招聘与就业"), JOBS),
    (_("工资权益"), WAGES),
    (_("公租房"), HOUSING),
)
FIGURES: dict[str, Figure] = {figure.key: figure for _title, figures in GROUPS for figure in figures}
