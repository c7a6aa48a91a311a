"""Switching a rule takes two officials of the city; trying it on the past takes one and changes nothing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless, require

from .. import policies
from ..models import Simulation, WatchRule
from ..watch.months import before

SIMULATE = "sites.simulation_asked"
MOST_MONTHS = 12


def _require(by: Any) -> None:
    require(policies.may_change_rules(by), _("只有市级工作人员可以调整监测规则。"))


@transaction.atomic
def propose_switch(rule: WatchRule, *, reason: str, by: Any, at: datetime) -> WatchRule:
    """One official wants the rule on, or off."""
    _require(by)
    refuse_unless(bool(reason.strip()), _("请写理由。"), field="reason")
    rows = WatchRule.objects.filter(pk=rule.pk, switch_to__isnull=True, is_on=rule.is_on)
    moved = rows.update(
        switch_to=not rule.is_on,
        switch_reason=reason.strip()[:200],
        proposed_by=by,
        proposed_at=at,
        switched_by=None,
        switched_at=None,
    )
    refuse_unless(moved == 1, _("这条规则已经有人提出调整，等第二位工作人员复核。"))
    audit.record("sites.switch_proposed", rule, by=by, at=at, reason=reason.strip(), on=not rule.is_on)
    return WatchRule.objects.get(pk=rule.pk)


@transaction.atomic
def confirm_switch(rule: WatchRule, *, by: Any, at: datetime) -> WatchRule:
    """Another one agrees, and it is so."""
    _require(by)
    rule = WatchRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    refuse_unless(rule.switch_to is not None, _("没有等待复核的调整。"))
    refuse_unless(policies.may_confirm(by, rule), _("提出的人不能自己复核，请换一位同事。"))
    on = rule.switch_to
    audit.record("sites.switched", rule, by=by, at=at, on=on, proposed_by=rule.proposed_by_id)
    # Who proposed it stays in the audit; both cannot stand in a row that waits for nobody.
    WatchRule.objects.filter(pk=rule.pk).update(
        is_on=on, switch_to=None, proposed_by=None, proposed_at=None, switched_by=by, switched_at=at
    )
    return WatchRule.objects.get(pk=rule.pk)


@transaction.atomic
def drop_switch(rule: WatchRule, *, by: Any, at: datetime) -> WatchRule:
    """Whoever proposed it, or a colleague, takes the proposal back."""
    _require(by)
    moved = WatchRule.objects.filter(pk=rule.pk, switch_to__isnull=False).update(
        switch_to=None, proposed_by=None, proposed_at=None, switch_reason=""
    )
    refuse_unless(moved == 1, _("没有等待复核的调整。"))
    audit.record("sites.switch_dropped", rule, by=by, at=at)
    return WatchRule.objects.get(pk=rule.pk)


@transaction.atomic
def simulate(rule: WatchRule, *, months: int, by: Any, at: datetime) -> Simulation:
    """Ask what the rule would have found in the last months; the background answers."""
    _require(by)
    refuse_unless(1 <= months <= MOST_MONTHS, _("请选 1 到 {n} 个月。").format(n=MOST_MONTHS), field="months")
    this = local_day(at).replace(day=1)
    past: list[date] = [before(this, n) for n in range(months, 0, -1)]
    asked = Simulation.objects.create(rule=rule, months=past, asked_by=by, asked_at=at)
    audit.record("sites.simulated", rule, by=by, at=at, months=months)
    outbox.put(SIMULATE, asked, at=at)
    return asked
