"""Indicators 18–44: schooling and skills, employment, income and wages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.models.employer import USCC_FORM

from .. import code_lists as lists
from . import columns as c


class SkillColumns(models.Model):
    education = c.code(_("学历"), lists.Education, 2)
    graduation = c.text(_("毕业院校与专业"), 80)
    certificate = c.text(_("职业资格/技能等级证书"), 80)
    skill_level = c.code(_("技能等级"), lists.SkillLevel)
    trade = c.code(_("主要工种"), lists.Trade, 20)
    training_count = c.count(_("近12个月培训次数"))
    last_training = c.text(_("最近培训项目"), 60)
    last_training_on = c.day(_("最近培训日期"))
    training_subsidy_fen = c.fen(_("累计培训补贴"))

    class Meta:
        abstract = True


class EmploymentColumns(models.Model):
    employment_status = c.code(_("就业状态"), lists.EmploymentStatus)
    migration_type = c.code(_("务工类型"), lists.MigrationType)
    work_division = c.division(_("务工地"))
    employer_uscc = c.text(_("用人单位统一社会信用代码"), 18)
    employer_name = c.text(_("用人单位名称"), 100)
    industry = c.code(_("从业行业"), lists.Industry)
    occupation = c.text(_("职业"), 40)
    employment_form = c.code(_("用工形式"), lists.EmploymentForm)
    contract_type = c.code(_("劳动合同"), lists.ContractType)
    job_start = c.day(_("本次就业起始"))
    months_worked = c.count(_("本年从业月数"))
    entrepreneurship = c.code(_("返乡创业状态"), lists.Entrepreneurship)

    class Meta:
        abstract = True


class WageColumns(models.Model):
    """Arrears are written by wages only, through `workers.services.record`."""

    monthly_income_fen = c.fen(_("月均收入"))
    wage_method = c.code(_("工资支付方式"), lists.WageMethod)
    wage_cycle = c.code(_("工资周期"), lists.WageCycle)
    site_registration = c.text(_("在建项目实名登记"), 20)
    payroll_account = c.code(_("工资卡绑定状态"), lists.PayrollAccount)
    arrears_status = c.code(_("欠薪状态"), lists.ArrearsStatus)
    arrears_amount_fen = c.fen(_("未清欠薪金额"))

    class Meta:
        abstract = True


WORK_CHECKS = [
    *c.listed(
        {
            "education": lists.Education,
            "skill_level": lists.SkillLevel,
            "trade": lists.Trade,
            "employment_status": lists.EmploymentStatus,
            "migration_type": lists.MigrationType,
            "industry": lists.Industry,
            "employment_form": lists.EmploymentForm,
            "contract_type": lists.ContractType,
            "entrepreneurship": lists.Entrepreneurship,
            "wage_method": lists.WageMethod,
            "wage_cycle": lists.WageCycle,
            "payroll_account": lists.PayrollAccount,
            "arrears_status": lists.ArrearsStatus,
        }
    ),
    *c.shaped(c.DIVISION_FORM, "work_division"),
    *c.shaped(USCC_FORM, "employer_uscc"),
]
