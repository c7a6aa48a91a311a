"""An enterprise, known by its unified social credit code (GB 32100-2015)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import differ, one_of, set_in, together
from core.transitions import Flow

from ..enums import ArrearsStanding, EmployerState, Industry
from ..querysets import EmployerQuerySet

# The alphabet of GB 32100 leaves out I O S V Z; characters 3–8 are the registration office's division code.
USCC_FORM = r"^[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}$"


class Employer(models.Model):
    """Registered by a broker or official, verified by another official against the market register."""

    FLOW = Flow(
        verify=([EmployerState.PENDING, EmployerState.REFUSED], EmployerState.VERIFIED),
        refuse=([EmployerState.PENDING], EmployerState.REFUSED),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    name = models.CharField(_("单位名称"), max_length=100)
    legal_representative = models.CharField(_("法定代表人或主要负责人"), max_length=40)
    principal_title = models.CharField(_("职务"), max_length=40, blank=True)
    industry = models.CharField(_("行业"), max_length=1, choices=Industry.choices, blank=True)
    district = models.CharField(_("所在区县"), max_length=6)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("单位电话"), max_length=20, blank=True)
    state = models.CharField(_("核验状态"), max_length=10, choices=EmployerState.choices, default=EmployerState.PENDING)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )
    registered_at = models.DateTimeField(_("登记时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核验人")
    )
    decided_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    refusal_reason = models.CharField(_("未通过的原因"), max_length=200, blank=True)
    arrears_standing = models.CharField(
        _("欠薪记录"), max_length=8, choices=ArrearsStanding.choices, default=ArrearsStanding.NONE
    )
    arrears_standing_at = models.DateTimeField(_("欠薪记录更新"), null=True, blank=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("用人单位")
        verbose_name_plural = _("用人单位")
        indexes = [
            models.Index(fields=["state", "-registered_at", "-id"], name="employers_by_state"),
            models.Index(fields=["district", "state", "-registered_at", "-id"], name="employers_by_district"),
            models.Index(fields=["industry", "state", "-registered_at", "-id"], name="employers_by_industry"),
            models.Index(
                fields=["arrears_standing", "state", "-registered_at", "-id"],
                name="employers_by_standing",
                condition=~Q(arrears_standing=ArrearsStanding.NONE),
            ),
            models.Index(fields=["name"], name="employers_by_name", opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(uscc__regex=USCC_FORM),
                name="employers_employer_uscc_form",
                violation_error_message=_("统一社会信用代码应为 18 位，不含字母 I、O、S、V、Z。"),
            ),
            models.CheckConstraint(
                condition=Q(district__regex=r"^\d{6}$"),
                name="employers_employer_district_form",
                violation_error_message=_("所在区县应为 6 位区划代码。"),
            ),
            one_of("state", EmployerState, name="employers_employer_state", message=_("未知的核验状态。")),
            one_of(
                "arrears_standing", ArrearsStanding, name="employers_employer_standing", message=_("未知的欠薪记录。")
            ),
            one_of("industry", Industry, name="employers_employer_industry", message=_("未知的行业。"), blank=True),
            together(
                "decided_at", "decided_by", name="employers_employer_decided", message=_("核验要有核验人和时间。")
            ),
            set_in(
                [EmployerState.VERIFIED, EmployerState.REFUSED],
                "decided_at",
                name="employers_employer_state_decided",
                message=_("已核验或未通过的单位要有核验时间。"),
            ),
            differ(
                "registered_by",
                "decided_by",
                name="employers_employer_maker_is_not_checker",
                message=_("登记人不能核验自己登记的单位。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
