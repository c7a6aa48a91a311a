"""The payment watch: its rules as rows, what they found, how far it has come, and trials of a rule on the past."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import between, differ, in_order, one_of, set_in, together
from core.transitions import Flow
from employers.models import Project

from ..enums import AlertState, Level, RuleKind, SimulationState
from ..querysets import AlertQuerySet, RuleQuerySet


def _person(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=words
    )


class WatchRule(models.Model):
    """What is looked for, on which days after the pay day, how loud it is, and on what ground.

    `switch_to` is what somebody proposed; another official of the city makes it so.
    """

    key = models.SlugField(_("编号"), max_length=40, unique=True)
    kind = models.CharField(_("看什么"), max_length=10, choices=RuleKind.choices)
    offsets = ArrayField(models.SmallIntegerField(), verbose_name=_("发薪日后第几天"))
    level = models.SmallIntegerField(_("级别"), choices=Level.choices)
    params = models.JSONField(_("参数"), default=dict)
    title = models.CharField(_("名称"), max_length=60)
    text = models.CharField(_("规则"), max_length=300)
    source = models.CharField(_("依据"), max_length=300)
    valid_from = models.DateField(_("起用"))
    valid_to = models.DateField(_("止"), null=True, blank=True)
    is_on = models.BooleanField(_("启用"), default=False)
    switch_to = models.BooleanField(_("拟改为"), null=True)
    switch_reason = models.CharField(_("理由"), max_length=200, blank=True)
    proposed_by = _person(_("提出人"))
    proposed_at = models.DateTimeField(_("提出时间"), null=True, blank=True)
    switched_by = _person(_("复核人"))
    switched_at = models.DateTimeField(_("生效时间"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("监测规则")
        verbose_name_plural = _("监测规则")
        constraints = [
            one_of("kind", RuleKind, name="sites_rule_kind", message=_("未知的规则种类。")),
            between("level", 1, 3, name="sites_rule_level", message=_("级别只有绿、黄、红。")),
            in_order("valid_from", "valid_to", name="sites_rule_dates", message=_("止期不能早于起用。")),
            together(
                "switch_to", "proposed_by", "proposed_at", name="sites_rule_proposed", message=_("要有提出人和时间。")
            ),
            differ("proposed_by", "switched_by", name="sites_rule_two", message=_("提出和复核不能是同一个人。")),
        ]

    def __str__(self) -> str:
        return self.title


class Alert(models.Model):
    """What a rule found at a project for a month: counts and sums, no names.

    `gone_at`: a later look on the same day's terms found nothing any more, because a file came late or was taken back.
    `case_number`: the report that an official made of it.
    """

    FLOW = Flow(
        acknowledge=([AlertState.OPEN], AlertState.ACKNOWLEDGED),
        close=([AlertState.OPEN, AlertState.ACKNOWLEDGED], AlertState.CLOSED),
    )

    project = models.ForeignKey(Project, models.PROTECT, related_name="alerts", verbose_name=_("工程项目"))
    district = models.CharField(_("区县"), max_length=6)
    rule = models.ForeignKey(WatchRule, models.PROTECT, related_name="alerts", verbose_name=_("规则"))
    month = models.DateField(_("工资月份"))
    offset = models.SmallIntegerField(_("发薪日后第几天"))
    level = models.SmallIntegerField(_("级别"), choices=Level.choices)
    evidence = models.JSONField(_("依据的数字"))
    state = models.CharField(_("状态"), max_length=6, choices=AlertState.choices, default=AlertState.OPEN)
    found_at = models.DateTimeField(_("发现时间"))
    seen_at = models.DateTimeField(_("最近核对"))
    gone_at = models.DateTimeField(_("消除时间"), null=True)
    acknowledged_by = _person(_("知悉人"))
    acknowledged_at = models.DateTimeField(_("知悉时间"), null=True, blank=True)
    closed_by = _person(_("办结人"))
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    reported_by = _person(_("转线索人"))
    reported_at = models.DateTimeField(_("转线索时间"), null=True, blank=True)
    case_number = models.CharField(_("线索编号"), max_length=20, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("工资预警")
        verbose_name_plural = _("工资预警")
        indexes = [
            models.Index(fields=["-level", "-found_at", "-id"], name="sites_alerts_all"),
            models.Index(
                fields=["-level", "-found_at", "-id"], name="sites_alerts_open", condition=~Q(state=AlertState.CLOSED)
            ),
            models.Index(fields=["district", "-level", "-found_at", "-id"], name="sites_alerts_district"),
            models.Index(fields=["project", "-found_at"], name="sites_alerts_project"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["project", "rule", "month", "offset"], name="sites_alert_once"),
            one_of("state", AlertState, name="sites_alert_state", message=_("未知的状态。")),
            set_in(
                [AlertState.ACKNOWLEDGED],
                "acknowledged_at",
                name="sites_alert_acknowledged",
                message=_("知悉要有时间。"),
            ),
            set_in([AlertState.CLOSED], "closed_at", name="sites_alert_closed", message=_("办结要有时间。")),
            together("acknowledged_at", "acknowledged_by", name="sites_alert_known_by", message=_("知悉要有人。")),
            together("closed_at", "closed_by", name="sites_alert_closed_by", message=_("办结要有人。")),
            together("reported_at", "reported_by", name="sites_alert_reported_by", message=_("转线索要有人。")),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.month:%Y-%m}"


class WatchRun(models.Model):
    """Through which day the watch has looked: after three days' outage it looks at all three."""

    through = models.DateField(_("已看到"))
    at = models.DateTimeField(_("时间"))

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("监测进度")
        verbose_name_plural = _("监测进度")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="sites_watchrun_one")]

    def __str__(self) -> str:
        return f"{self.through}"


class Simulation(models.Model):
    """What a rule would have found in past months. It writes no alert."""

    rule = models.ForeignKey(WatchRule, models.CASCADE, related_name="simulations", verbose_name=_("规则"))
    months = ArrayField(models.DateField(), verbose_name=_("月份"))
    state = models.CharField(_("状态"), max_length=8, choices=SimulationState.choices, default=SimulationState.WAITING)
    result = models.JSONField(_("结果"), default=list)
    asked_by = _person(_("试算人"))
    asked_at = models.DateTimeField(_("时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("规则试算")
        verbose_name_plural = _("规则试算")
        indexes = [models.Index(fields=["rule", "-asked_at"], name="sites_simulations")]
        constraints = [one_of("state", SimulationState, name="sites_simulation_state", message=_("未知的状态。"))]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.asked_at}"
