"""Sending a new case to its office by the rules in force, and keeping the rules: one proposes, another switches on."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.policies import is_city_official
from core import audit, outbox
from core.calendar import local_day
from core.divisions import CITY, district_choices
from core.errors import refuse_unless, require

from .. import ladder, routing
from ..enums import Strategy
from ..models import Case, RoutingRule
from ..routing import UNKNOWN_EMPLOYER, Facts, Rule
from ..routing_sql import Simulation
from ..routing_sql import simulate as compare

DAYS_A_MONTH = 365 / 12
NOT_THE_CITY = gettext_lazy("分案规则由市级工作人员管理。")


def send(case: Case, *, at: datetime) -> Case:
    """Give a case that was just filed its office and, where its rule says so, a handler; inside that transaction."""
    rules = in_force(local_day(at))
    way = routing.route(facts_of(case), rules)
    if way.rule is None:
        return case
    own = case.division[: routing.DISTRICT_DIGITS]
    case.office = "" if way.office == own else way.office
    Case.objects.filter(pk=case.pk).update(office=case.office)
    case.refresh_from_db()
    title = RoutingRule.objects.values_list("title", flat=True).get(pk=way.rule)
    audit.record("route", case, by=None, at=at, reason=title, rule=way.rule, office=way.office)
    return _to_the_least_busy(case, at) if way.strategy == Strategy.LEAST else case


def _to_the_least_busy(case: Case, at: datetime) -> Case:
    """Two cases of one moment may go to the same person; the next one evens it out."""
    people = ladder.of_the_place(case)
    if not people:
        return case
    running = Case.objects.filter(assignee__in=people, due_on__isnull=False)
    loads = dict(running.order_by().values("assignee").annotate(many=Count("pk")).values_list("assignee", "many"))
    chosen = min(people, key=lambda user: (loads.get(user.pk, 0), user.pk))
    Case.objects.filter(pk=case.pk).update(assignee=chosen)
    audit.record("assign", case, by=None, at=at, reason=str(chosen), assignee=chosen.pk)
    outbox.put("wages.assigned", case, at=at, official=chosen.pk)
    return Case.objects.get(pk=case.pk)


def facts_of(case: Case) -> Facts:
    return Facts(
        kind=case.kind,
        field_type=case.field_type,
        division=case.division,
        employer_kind=case.employer.industry if case.employer else UNKNOWN_EMPLOYER,
        amount_fen=case.amount_fen,
        headcount=case.headcount,
    )


def in_force(day: date) -> list[Rule]:
    """The rules that are on and valid that day."""
    rows = RoutingRule.objects.filter(switched_on_at__isnull=False, switched_off_at__isnull=True)
    return routing.in_force([row.rule for row in rows.order_by("order", "pk")], day)


def simulate(row: RoutingRule, *, at: datetime, months: int = 12) -> Simulation:
    """What the last months would have been with this rule beside those in force; without it, where it is on. Writes
    nothing, and counts what was filed as it was filed."""
    now = in_force(local_day(at))
    others = [rule for rule in now if rule.key != row.pk]
    since = at - timedelta(days=round(months * DAYS_A_MONTH))
    return compare(others, [*others, row.rule], since=since, until=at)


@transaction.atomic
def propose_rule(*, by: Any, at: datetime, **facts: Any) -> RoutingRule:
    """Write a rule down; it does nothing until another official switches it on."""
    require(is_city_official(by), NOT_THE_CITY)
    row = RoutingRule(**facts, proposed_by=by, proposed_at=at)
    known = {"", CITY, *dict(district_choices(local_day(at)))}
    refuse_unless(row.office in known, _("交给市级或重庆市的区县。"), field="office")
    refuse_unless(
        bool(row.office or row.strategy != Strategy.NONE), _("这条规则什么也不改变：请选机构或承办人。"), field="office"
    )
    refuse_unless(row.valid_to is None or row.valid_to >= local_day(at), _("结束日期已过。"), field="valid_to")
    row.save(force_insert=True)
    audit.record("propose_rule", row, by=by, at=at, reason=row.title)
    return row


@transaction.atomic
def switch_on(row: RoutingRule, *, by: Any, at: datetime) -> RoutingRule:
    """Another city official puts it in force for cases filed from now on; those filed before stay where they are."""
    require(is_city_official(by), NOT_THE_CITY)
    row = RoutingRule.objects.select_for_update().get(pk=row.pk)
    refuse_unless(row.proposed_by_id != by.pk, _("提出人不能启用自己提出的规则，请另一名市级工作人员启用。"))
    refuse_unless(row.switched_on_at is None, _("这条规则已经启用过。要恢复，请重新提出。"))
    RoutingRule.objects.filter(pk=row.pk).update(switched_on_by=by, switched_on_at=at)
    audit.record("switch_on", row, by=by, at=at, reason=row.title)
    row.refresh_from_db()
    return row


@transaction.atomic
def switch_off(row: RoutingRule, *, by: Any, at: datetime) -> RoutingRule:
    """One official is enough to stop a rule that does harm."""
    require(is_city_official(by), NOT_THE_CITY)
    row = RoutingRule.objects.select_for_update().get(pk=row.pk)
    refuse_unless(row.is_on, _("这条规则没有在用。"))
    RoutingRule.objects.filter(pk=row.pk).update(switched_off_by=by, switched_off_at=at)
    audit.record("switch_off", row, by=by, at=at, reason=row.title)
    row.refresh_from_db()
    return row
