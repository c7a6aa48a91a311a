"""The 65 indicators, declared once: forms, provenance, completeness, masking, imports and reports read this table.

No official list is published; this is the proposal in `data/indicators.csv`, with which a test compares it.
Two marks go beyond it. `once`: a worker who is not yet in any department's data may state these when the value is
empty. `placed`: a hire that the portal itself confirmed says this too.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import code_lists as lists
from .enums import Source


class Kind(StrEnum):
    """How a value is typed, checked and written."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    DATE = "date"
    COUNT = "count"
    MONEY = "money"
    AREA = "area"
    YES_NO = "yes_no"
    DIVISION = "division"
    SEALED = "sealed"
    INTENT = "intent"
    PERSON = "person"
    MOMENT = "moment"


class Privacy(StrEnum):
    """Ordinary, ordinary but shown sparingly, sensitive (PIPL art. 28), of minors."""

    ORDINARY = "P"
    SPARING = "P*"
    SENSITIVE = "S"
    MINOR = "M"


class Page(TextChoices):
    """The groups of the profile's task list, in the worker's words."""

    WHO = "who", _("我是谁")
    FAMILY = "family", _("家里")
    SKILLS = "skills", _("学历和手艺")
    WORK = "work", _("现在的工作")
    PAY = "pay", _("工资和社保")
    HOME = "home", _("住处")
    WISHES = "wishes", _("我想要")


@dataclass(frozen=True)
class Indicator:
    """One indicator. `updated_by` holds W worker, B broker, D department, X computed."""

    number: int
    code: str
    label: str | Promise
    group: str
    page: Page | None
    kind: Kind
    department: Source
    privacy: Privacy
    updated_by: str
    choices: Any = None
    columns: tuple[str, ...] = ()
    once: bool = False
    placed: bool = False
    broker_sees: bool = False
    unit: str | Promise = ""

    @property
    def column(self) -> str:
        """The first column; most indicators have only this one."""
        return self.columns[0]

    def is_updated_by(self, source: Source) -> bool:
        """Whether a value from this source is ever taken."""
        if source == Source.COMPUTED and self.placed:
            return True
        letter = _LETTERS.get(source, "D")
        return letter in self.updated_by


_LETTERS = {Source.WORKER: "W", Source.BROKER: "B", Source.BROKER_CONFIRMED: "B", Source.COMPUTED: "X"}
_P, _SPARING, _S, _M = Privacy.ORDINARY, Privacy.SPARING, Privacy.SENSITIVE, Privacy.MINOR
_HR, _POLICE, _EDU, _MARKET = Source.HUMAN_RESOURCES, Source.POLICE, Source.EDUCATION, Source.MARKET
_STATS, _AGRI, _HOUSING, _MEDICAL = Source.STATISTICS, Source.AGRICULTURE, Source.HOUSING, Source.MEDICAL
_CIVIL, _SELF, _SYSTEM = Source.CIVIL_AFFAIRS, Source.WORKER, Source.COMPUTED


class _Table:
    """Collects the rows; group and page are said once per section, columns default to the code."""

    def __init__(self) -> None:
        self.rows: list[Indicator] = []
        self.group, self.page = "", None

    def section(self, group: str, page: Page | None) -> None:
        self.group, self.page = group, page

    def add(
        self, code: str, label: Any, kind: Kind, department: Source, privacy: Privacy, by: str, **more: Any
    ) -> None:
        columns = more.pop("columns", (code,))
        number = len(self.rows) + 1
        self.rows.append(
            Indicator(
                number, code, label, self.group, self.page, kind, department, privacy, by, columns=columns, **more
            )
        )


def _declare() -> list[Indicator]:
    t, k = _Table(), Kind

    t.section("A", Page.WHO)
    t.add("id_number", _("公民身份号码"), k.SEALED, _POLICE, _SPARING, "DW", once=True)
    t.add("full_name", _("姓名"), k.TEXT, _POLICE, _P, "D", once=True, broker_sees=True)
    t.add("sex", _("性别"), k.CODE, _POLICE, _P, "XD", choices=lists.Sex, broker_sees=True)
    t.add("birth_date", _("出生日期"), k.DATE, _POLICE, _P, "XD", broker_sees=True)
    t.add("ethnicity", _("民族"), k.CODE, _POLICE, _SPARING, "D", choices=lists.Ethnicity)
    t.add("political_status", _("政治面貌"), k.CODE, _SELF, _SPARING, "W", choices=lists.Political)
    t.add("hukou_type", _("户口性质"), k.CODE, _POLICE, _P, "D", choices=lists.HukouType)
    t.add("hukou_division", _("户籍地"), k.DIVISION, _POLICE, _P, "D", once=True)
    t.add("mobile", _("联系电话"), k.SEALED, _SELF, _P, "WB", broker_sees=True)

    t.section("B", Page.FAMILY)
    t.add("marital_status", _("婚姻状况"), k.CODE, _CIVIL, _P, "DW", choices=lists.Marital)
    t.add("household_no", _("户号"), k.TEXT, _POLICE, _P, "D")
    t.add("household_size", _("家庭人口数"), k.COUNT, _POLICE, _P, "DW", unit=_("人"))
    t.add("household_labour", _("家庭劳动力人数"), k.COUNT, _AGRI, _P, "B", unit=_("人"))
    t.add("minor_children", _("未成年子女数"), k.COUNT, _POLICE, _M, "DW", unit=_("人"))
    t.add("accompanying_children", _("随迁子女数"), k.COUNT, _EDU, _M, "DW", unit=_("人"))
    t.add("left_behind", _("留守家庭成员"), k.CODES, _CIVIL, _S, "DB", choices=lists.LeftBehind)
    t.add("poverty_monitoring", _("脱贫/防返贫监测类别"), k.CODE, _AGRI, _S, "D", choices=lists.PovertyMonitoring)

    t.section("C", Page.SKILLS)
    t.add("education", _("学历"), k.CODE, _EDU, _P, "DW", choices=lists.Education, broker_sees=True)
    t.add("graduation", _("毕业院校与专业"), k.TEXT, _EDU, _P, "DW")
    t.add("certificate", _("职业资格/技能等级证书"), k.TEXT, _HR, _P, "DW", broker_sees=True)
    t.add("skill_level", _("技能等级"), k.CODE, _HR, _P, "D", choices=lists.SkillLevel, broker_sees=True)
    t.add("trade", _("主要工种"), k.CODE, _SELF, _P, "WB", choices=lists.Trade, broker_sees=True)
    t.add("training_count", _("近12个月培训次数"), k.COUNT, _HR, _P, "D", unit=_("次"))
    t.add("last_training", _("最近培训项目与日期"), k.TEXT, _HR, _P, "D", columns=("last_training", "last_training_on"))
    t.add("training_subsidy", _("累计培训补贴"), k.MONEY, _HR, _P, "D", columns=("training_subsidy_fen",), unit=_("元"))

    t.section("D", Page.WORK)
    status = lists.EmploymentStatus
    t.add("employment_status", _("就业状态"), k.CODE, _HR, _P, "DWB", choices=status, placed=True, broker_sees=True)
    t.add("migration_type", _("务工类型"), k.CODE, _STATS, _P, "X", choices=lists.MigrationType)
    t.add("work_division", _("务工地"), k.DIVISION, _SELF, _SPARING, "WB", placed=True, broker_sees=True)
    t.add("employer_uscc", _("用人单位统一社会信用代码"), k.TEXT, _MARKET, _P, "DW", placed=True)
    t.add("employer_name", _("用人单位名称"), k.TEXT, _MARKET, _P, "DW", placed=True)
    t.add("industry", _("从业行业"), k.CODE, _MARKET, _P, "DW", choices=lists.Industry, placed=True)
    t.add("occupation", _("职业"), k.TEXT, _SELF, _P, "WB", broker_sees=True)
    t.add("employment_form", _("用工形式"), k.CODE, _HR, _P, "WB", choices=lists.EmploymentForm)
    t.add("contract_type", _("劳动合同"), k.CODE, _HR, _P, "DW", choices=lists.ContractType)
    t.add("job_start", _("本次就业起始"), k.DATE, _HR, _P, "DW", placed=True)
    t.add("months_worked", _("本年从业月数"), k.COUNT, _SELF, _P, "WB", unit=_("个月"), broker_sees=True)
    t.add("entrepreneurship", _("返乡创业状态"), k.CODE, _MARKET, _P, "DW", choices=lists.Entrepreneurship)

    t.section("E", Page.PAY)
    income = ("monthly_income_fen",)
    t.add(
        "monthly_income", _("月均收入"), k.MONEY, _SELF, _SPARING, "WB", columns=income, unit=_("元"), broker_sees=True
    )
    t.add("wage_method", _("工资支付方式"), k.CODE, _HR, _P, "DW", choices=lists.WageMethod)
    t.add("wage_cycle", _("工资周期"), k.CODE, _HR, _P, "DW", choices=lists.WageCycle)
    t.add("site_registration", _("在建项目实名登记"), k.TEXT, _HOUSING, _P, "D")
    t.add("payroll_account", _("工资卡绑定状态"), k.CODE, _HR, _P, "D", choices=lists.PayrollAccount)
    t.add("arrears_status", _("欠薪状态"), k.CODE, _HR, _SPARING, "X", choices=lists.ArrearsStatus)
    t.add(
        "arrears_amount", _("未清欠薪金额"), k.MONEY, _HR, _SPARING, "X", columns=("arrears_amount_fen",), unit=_("元")
    )

    t.section("F", Page.PAY)
    t.add("pension_type", _("养老保险险种"), k.CODE, _HR, _P, "D", choices=lists.PensionType)
    t.add("pension_months", _("养老累计缴费月数"), k.COUNT, _HR, _P, "D", unit=_("个月"))
    t.add("medical_type", _("医疗保险险种"), k.CODE, _MEDICAL, _S, "D", choices=lists.MedicalType)
    t.add("work_injury", _("工伤保险"), k.CODE, _HR, _P, "D", choices=lists.WorkInjury)
    t.add("unemployment_ins", _("失业保险"), k.YES_NO, _HR, _P, "D")
    t.add("housing_fund", _("住房公积金"), k.CODE, _HOUSING, _P, "D", choices=lists.HousingFund)
    t.add("social_card", _("社会保障卡"), k.CODE, _HR, _P, "D", choices=lists.SocialCard)

    t.section("G", Page.HOME)
    t.add("residence_division", _("现居住地"), k.DIVISION, _POLICE, _SPARING, "DW")
    t.add("residence_permit", _("居住证"), k.CODE, _POLICE, _P, "D", choices=lists.ResidencePermit)
    t.add("residence_months", _("连续居住月数"), k.COUNT, _POLICE, _P, "D", unit=_("个月"))
    t.add("housing_tenure", _("居住方式"), k.CODE, _SELF, _P, "WB", choices=lists.HousingTenure)
    t.add("living_area", _("人均居住面积"), k.AREA, _SELF, _P, "WB", unit=_("平方米"))
    t.add("public_housing", _("公租房状态"), k.CODE, _HOUSING, _P, "X", choices=lists.PublicHousing)
    t.add("child_school", _("随迁子女就读"), k.CODES, _EDU, _M, "DW", choices=lists.ChildSchool)
    settle = {"choices": lists.Integration, "columns": ("integration", "adaptation")}
    t.add("integration", _("融入与落户意愿"), k.CODE, _SELF, _P, "WB", **settle)

    t.section("H", Page.WISHES)
    t.add("job_intent", _("求职意愿"), k.INTENT, _SELF, _P, "WB", columns=(), broker_sees=True)
    t.add("training_need", _("培训需求"), k.CODES, _SELF, _P, "WB", choices=lists.Trade, broker_sees=True)
    t.add("startup_need", _("创业需求"), k.CODE, _SELF, _P, "WB", choices=lists.StartupNeed, broker_sees=True)
    t.add("assistance_class", _("就业援助类别"), k.CODE, _HR, _S, "D", choices=lists.AssistanceClass)

    t.section("I", None)
    t.add("broker", _("联系劳务经纪人"), k.PERSON, _HR, _P, "X", columns=("broker_id",))
    t.add("last_verified", _("最近核验"), k.MOMENT, _SYSTEM, _P, "X", columns=())
    return t.rows


INDICATORS: tuple[Indicator, ...] = tuple(_declare())
COUNT = len(INDICATORS)
BY_CODE: dict[str, Indicator] = {row.code: row for row in INDICATORS}


def on_page(page: Page) -> list[Indicator]:
    """The indicators of one task of the profile, in their order."""
    return [row for row in INDICATORS if row.page == page]
