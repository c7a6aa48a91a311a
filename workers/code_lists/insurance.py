"""Social insurance, the housing fund and the social-security card."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PensionType(TextChoices):
    NONE = "0", _("没有参保")
    EMPLOYEE = "1", _("企业职工养老保险")
    FLEXIBLE = "2", _("职工养老保险（灵活就业）")
    RESIDENT = "3", _("城乡居民养老保险")


class MedicalType(TextChoices):
    NONE = "0", _("没有参保")
    EMPLOYEE = "1", _("职工医保")
    RESIDENT = "2", _("城乡居民医保")
    ELSEWHERE = "3", _("在外地参保")


class WorkInjury(TextChoices):
    NONE = "0", _("没有")
    EMPLOYER = "1", _("单位参保")
    PROJECT = "2", _("按项目参保")


class HousingFund(TextChoices):
    NONE = "0", _("没有")
    PAYING = "1", _("正常缴存")
    SEALED = "2", _("已封存")
    FLEXIBLE = "3", _("灵活就业缴存")


class SocialCard(TextChoices):
    NONE = "0", _("没有")
    CARD = "1", _("实体卡")
    ELECTRONIC = "2", _("电子社保卡")
