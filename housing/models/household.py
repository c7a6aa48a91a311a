"""Who lives with the applicant."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import between, one_of
from core.fields import SealedTextField

from ..enums import Relation, Sex
from ._application_checks import HIGHEST_INCOME_FEN
from .application import HousingApplication


class HouseholdMember(models.Model):
    """A person on the application besides the applicant; name and number rest sealed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(HousingApplication, models.CASCADE, related_name="members", verbose_name=_("申请"))
    relation = models.CharField(_("与申请人的关系"), max_length=16, choices=Relation.choices)
    name = SealedTextField(_("姓名"))
    id_number = SealedTextField(_("公民身份号码"))
    id_number_index = models.BinaryField(max_length=32, editable=False)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices)
    birth_date = models.DateField(_("出生日期"))
    income_fen = models.BigIntegerField(_("月收入（分）"), default=0)

    class Meta:
        verbose_name = _("共同申请人")
        verbose_name_plural = _("共同申请人")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "id_number_index"],
                name="housing_member_once",
                violation_error_message=_("这个人已经在名单里。"),
            ),
            one_of("relation", Relation, name="housing_member_relation", message=_("请选择关系。")),
            one_of("sex", Sex, name="housing_member_sex", message=_("请选择性别。")),
            between(
                "income_fen", 0, HIGHEST_INCOME_FEN, name="housing_member_income", message=_("收入超出可填的范围。")
            ),
        ]
        indexes = [models.Index(fields=["id_number_index"], name="housing_member_person")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_relation_display()}"
