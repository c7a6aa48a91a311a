"""Which office a new case goes to, as rules that officials keep. A rule is never changed: another takes its place."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import constraints
from employers.enums import Industry

from ..enums import FieldType, Kind, Strategy
from ..routing import UNKNOWN_EMPLOYER, Rule

EMPLOYER_KINDS = [(UNKNOWN_EMPLOYER, _("登记库里没有的单位")), *Industry.choices]


def _person(label: str, *, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name="+", verbose_name=label
    )


class RoutingRule(models.Model):
    """The first rule by its order that fits a case decides. What is left empty fits everything."""

    order = models.PositiveSmallIntegerField(_("顺序"), help_text=_("小的先看；第一条符合的规则算数。"))
    title = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, blank=True)
    field_type = models.CharField(_("领域"), max_length=12, choices=FieldType.choices, blank=True)
    place = models.CharField(
        _("用工地（区划代码开头）"), max_length=12, blank=True, help_text=_("例如 500116 是江津区；空着是全市。")
    )
    employer_kind = models.CharField(_("单位"), max_length=8, choices=EMPLOYER_KINDS, blank=True)
    amount_from_fen = models.BigIntegerField(_("金额不少于（分）"), null=True, blank=True)
    headcount_from = models.PositiveIntegerField(_("人数不少于"), null=True, blank=True)
    office = models.CharField(_("交给"), max_length=6, blank=True)
    strategy = models.CharField(_("承办人"), max_length=8, choices=Strategy.choices, default=Strategy.NONE)
    valid_from = models.DateField(_("从哪天起"))
    valid_to = models.DateField(_("到哪天止"), null=True, blank=True)
    proposed_by = _person(_("提出人"), null=False)
    proposed_at = models.DateTimeField(_("提出时间"))
    switched_on_by = _person(_("启用人"))
    switched_on_at = models.DateTimeField(_("启用时间"), null=True, blank=True)
    switched_off_by = _person(_("停用人"))
    switched_off_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("分案规则")
        verbose_name_plural = _("分案规则")
        constraints = [
            constraints.one_of("kind", Kind, name="wages_rule_kind", message=_("未知的类别。"), blank=True),
            constraints.one_of("field_type", FieldType, name="wages_rule_field", message=_("未知的领域。"), blank=True),
            constraints.one_of("strategy", Strategy, name="wages_rule_strategy", message=_("未知的方式。")),
            constraints.together("switched_on_by", "switched_on_at", name="wages_rule_on", message=_("启用要有人")),
            constraints.together("switched_off_by", "switched_off_at", name="wages_rule_off", message=_("停用要有人")),
            constraints.differ(
                "proposed_by",
                "switched_on_by",
                name="wages_rule_maker_is_not_checker",
                message=_("提出人不能启用自己提出的规则。"),
            ),
            constraints.in_order("valid_from", "valid_to", name="wages_rule_days", message=_("起止日期颠倒了。")),
            models.CheckConstraint(
                condition=Q(office="") | Q(office__regex=r"^50\d{4}$"),
                name="wages_rule_office",
                violation_error_message=_("交给市级或重庆市的区县。"),
            ),
            models.CheckConstraint(
                condition=Q(place="") | Q(place__regex=r"^50\d{0,10}$"),
                name="wages_rule_place",
                violation_error_message=_("区划代码以 50 开头，只写数字。"),
            ),
            models.CheckConstraint(
                condition=Q(switched_off_at__isnull=True) | Q(switched_on_at__isnull=False),
                name="wages_rule_off_after_on",
            ),
        ]
        indexes = [models.Index(F("order"), F("id"), name="wages_rule_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_on(self) -> bool:
        return self.switched_on_at is not None and self.switched_off_at is None

    @property
    def rule(self) -> Rule:
        """The same as a plain value, for the pure module."""
        return Rule(
            key=self.pk,
            order=self.order,
            kind=self.kind,
            field_type=self.field_type,
            place=self.place,
            employer_kind=self.employer_kind,
            amount_from_fen=self.amount_from_fen,
            headcount_from=self.headcount_from,
            office=self.office,
            strategy=self.strategy,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )
