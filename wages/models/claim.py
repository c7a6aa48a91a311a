"""What a complainant says; the same fields stand in a draft and in the case that it becomes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import SealedTextField

from ..enums import Contract, FieldType, Kind, OtherRoute, Sex


class Claim(models.Model):
    """The contents of a complaint (实施规定 art. 12). Names, phone, address and the story are sealed."""

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.COMPLAINT)
    field_type = models.CharField(_("领域"), max_length=12, choices=FieldType.choices, blank=True)
    employer_name = models.CharField(_("单位或老板"), max_length=100, blank=True)
    employer_address = models.CharField(_("单位地址"), max_length=200, blank=True)
    employer_principal = models.CharField(_("法定代表人或负责人"), max_length=40, blank=True)
    employer_principal_title = models.CharField(_("负责人职务"), max_length=40, blank=True)
    site_name = models.CharField(_("工地或地点"), max_length=100, blank=True)
    division = models.CharField(_("用工地"), max_length=12, blank=True)
    owed_months = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("欠薪月份"))
    owed_earlier = models.BooleanField(_("还有更早的月份"), default=False)
    amount_fen = models.BigIntegerField(_("欠薪金额（分）"), null=True, blank=True)
    work_from = models.DateField(_("开始干活"), null=True, blank=True)
    work_to = models.DateField(_("干到"), null=True, blank=True)
    contract = models.CharField(_("书面劳动合同"), max_length=8, choices=Contract.choices, blank=True)
    requests = ArrayField(models.CharField(max_length=16), default=list, blank=True, verbose_name=_("请求"))
    other_route = models.CharField(_("仲裁或诉讼"), max_length=12, choices=OtherRoute.choices, default=OtherRoute.NONE)
    headcount = models.PositiveIntegerField(_("人数"), default=1)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices, blank=True)
    age = models.PositiveSmallIntegerField(_("年龄"), null=True, blank=True)
    occupation = models.CharField(_("工种"), max_length=40, blank=True)
    name = SealedTextField(_("姓名"), null=True)
    address = SealedTextField(_("住址"), null=True)
    facts = SealedTextField(_("经过"), null=True)
    phone = SealedTextField(_("手机号"), null=True)
    phone_index = models.BinaryField(max_length=32, null=True, editable=False, db_index=True)
    pledged_at = models.DateTimeField(_("承诺属实的时间"), null=True, blank=True)

    class Meta:
        abstract = True


CLAIM_FIELDS = tuple(field.name for field in Claim._meta.local_fields)
