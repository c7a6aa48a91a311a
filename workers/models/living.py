"""Indicators 45–63 but for the job intention (60): social insurance, living, and what help is wanted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import code_lists as lists
from . import columns as c


class InsuranceColumns(models.Model):
    pension_type = c.code(_("养老保险险种"), lists.PensionType)
    pension_months = c.count(_("养老累计缴费月数"))
    medical_type = c.code(_("医疗保险险种"), lists.MedicalType)
    work_injury = c.code(_("工伤保险"), lists.WorkInjury)
    unemployment_ins = models.BooleanField(_("失业保险"), null=True, blank=True)
    housing_fund = c.code(_("住房公积金"), lists.HousingFund)
    social_card = c.code(_("社会保障卡"), lists.SocialCard)

    class Meta:
        abstract = True


class LivingColumns(models.Model):
    """The public-rental status is written by housing only, through `workers.services.record`."""

    residence_division = c.division(_("现居住地"))
    residence_permit = c.code(_("居住证"), lists.ResidencePermit)
    residence_months = c.count(_("连续居住月数"))
    housing_tenure = c.code(_("居住方式"), lists.HousingTenure)
    living_area = models.DecimalField(_("人均居住面积"), max_digits=5, decimal_places=1, null=True, blank=True)
    public_housing = c.code(_("公租房状态"), lists.PublicHousing)
    child_school = c.codes(_("随迁子女就读"), lists.ChildSchool)
    integration = c.code(_("落户意愿"), lists.Integration)
    adaptation = c.count(_("城市生活适应程度"))
    training_need = c.codes(_("培训需求"), lists.Trade)
    startup_need = c.code(_("创业需求"), lists.StartupNeed)
    assistance_class = c.code(_("就业援助类别"), lists.AssistanceClass)

    class Meta:
        abstract = True


LIVING_CHECKS = [
    *c.listed(
        {
            "pension_type": lists.PensionType,
            "medical_type": lists.MedicalType,
            "work_injury": lists.WorkInjury,
            "housing_fund": lists.HousingFund,
            "social_card": lists.SocialCard,
            "residence_permit": lists.ResidencePermit,
            "housing_tenure": lists.HousingTenure,
            "public_housing": lists.PublicHousing,
            "integration": lists.Integration,
            "startup_need": lists.StartupNeed,
            "assistance_class": lists.AssistanceClass,
        }
    ),
    *c.all_listed({"child_school": lists.ChildSchool, "training_need": lists.Trade}),
    *c.shaped(c.DIVISION_FORM, "residence_division"),
]
