"""Indicators 1–17: identity, household and family."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import SealedTextField

from .. import code_lists as lists
from . import columns as c


class IdentityColumns(models.Model):
    """The ID number and the mobile number rest as ciphertext and are found through their blind indexes."""

    id_number = SealedTextField(_("公民身份号码"), null=True)
    id_number_index = models.BinaryField(max_length=32, null=True, unique=True, editable=False)
    full_name = c.text(_("姓名"), 40)
    name_pinyin = models.CharField(_("姓名拼音"), max_length=80, blank=True, default="", editable=False)
    sex = c.code(_("性别"), lists.Sex)
    birth_date = c.day(_("出生日期"))
    ethnicity = c.code(_("民族"), lists.Ethnicity, 2)
    political_status = c.code(_("政治面貌"), lists.Political, 2)
    hukou_type = c.code(_("户口性质"), lists.HukouType)
    hukou_division = c.division(_("户籍地"))
    mobile = SealedTextField(_("联系电话"), null=True)
    mobile_index = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        abstract = True


class FamilyColumns(models.Model):
    """Counts only: no name of a family member or child is stored."""

    marital_status = c.code(_("婚姻状况"), lists.Marital, 2)
    household_no = c.text(_("户号"), 20)
    household_size = c.count(_("家庭人口数"))
    household_labour = c.count(_("家庭劳动力人数"))
    minor_children = c.count(_("未成年子女数"))
    accompanying_children = c.count(_("随迁子女数"))
    left_behind = c.codes(_("留守家庭成员"), lists.LeftBehind)
    poverty_monitoring = c.code(_("脱贫/防返贫监测类别"), lists.PovertyMonitoring)

    class Meta:
        abstract = True


IDENTITY_CHECKS = [
    *c.listed(
        {
            "sex": lists.Sex,
            "ethnicity": lists.Ethnicity,
            "political_status": lists.Political,
            "hukou_type": lists.HukouType,
            "marital_status": lists.Marital,
            "poverty_monitoring": lists.PovertyMonitoring,
        }
    ),
    *c.all_listed({"left_behind": lists.LeftBehind}),
    *c.shaped(c.DIVISION_FORM, "hukou_division"),
]
