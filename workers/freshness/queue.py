"""Whom a broker should ask again first: their own people only, weighed and ordered by PostgreSQL in one query."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext as _

from core.calendar import local_day

from ..enums import MandateScope, Source
from ..indicators import BY_CODE, Indicator
from ..models import BrokerUpdate, Mandate, Worker
from ..precedence import day_number
from . import formula
from .formula import DAYS_IN_A_MONTH, SIGNALS, Formula

PER_PAGE = 20
_OWN = (Source.BROKER, Source.WORKER, Source.BROKER_CONFIRMED)
_DEPARTMENT = Source.HUMAN_RESOURCES  # the first of them; they are numbered from here on
_GROUPS_IN_WORDS = 2


@dataclass(frozen=True)
class Line:
    """One person of the queue and why they are there, in words."""

    worker: Worker
    points: int
    reasons: tuple[str, ...]
    waits: bool


@dataclass(frozen=True)
class Queue:
    """One page; `after` names its last line for the next one, empty where there is none."""

    lines: list[Line]
    after: str
    formula: Formula


def of(broker: Any, *, at: datetime, after: str = "", per_page: int = PER_PAGE) -> Queue:
    """The broker's people under a live mandate for the profile, the most urgent first."""
    rules, day = formula.on(local_day(at)), local_day(at)
    rows = _weighed(broker, rules, day, at)
    if key := _read(after):
        rows = rows.filter(Q(points__lt=key[0]) | Q(points=key[0], pk__gt=key[1]))
    found = list(rows.order_by("-points", "pk")[: per_page + 1])
    shown = found[:per_page]
    last = f"{shown[-1].points}.{shown[-1].pk}" if len(found) > per_page else ""
    return Queue([_line(row, rules, day) for row in shown], last, rules)


def _read(after: str) -> tuple[int, int] | None:
    points, _dot, pk = after.partition(".")
    is_key = all(part.isascii() and part.isdecimal() and len(part) < 16 for part in (points, pk))
    return (int(points), int(pk)) if is_key else None


def people_of(broker: Any, at: datetime) -> QuerySet[Worker]:
    """Whose information the broker may bring up to date now."""
    mandates = Mandate.objects.live(at).filter(broker=broker, scope__contains=[MandateScope.PROFILE])
    return Worker.objects.filter(pk__in=mandates.values("worker"))


def _weighed(broker: Any, rules: Formula, day: date, at: datetime) -> QuerySet[Worker]:
    today = day_number(day)
    stale: Any = Value(0)
    for row in rules.indicators:
        stale = stale + _stale(row, rules.weights[row.code], rules, today)
    looks = Case(When(intent__wants_job=True, then=Value(rules.wants_job_percent)), default=Value(100))
    mine = BrokerUpdate.objects.filter(worker=OuterRef("pk"), broker=broker)
    later = BrokerUpdate.objects.filter(worker=OuterRef("worker"), broker=broker, pk__gt=OuterRef("pk"))
    return (
        people_of(broker, at)
        .select_related("provenance", "intent")
        .only("worker_no", "full_name", *_NEEDED)
        .annotate(
            unconfirmed=Exists(mine.lapsed(at).filter(~Exists(later))),
            waits=Exists(mine.waiting(at)),
            changed=_changed(rules),
        )
        .annotate(
            points=stale * looks / Value(100)
            + Case(When(changed=True, then=Value(rules.signal)), default=Value(0))
            + Case(When(unconfirmed=True, then=Value(rules.unconfirmed)), default=Value(0))
        )
        .filter(points__gt=0)
    )


_NEEDED = ("provenance__sources", "provenance__observed", "provenance__acts", "intent__wants_job")


def _source(row: Indicator) -> str:
    return f"provenance__sources__{row.number - 1}"


def _observed(row: Indicator) -> str:
    return f"provenance__observed__{row.number - 1}"


def _stale(row: Indicator, weight: int, rules: Formula, today: int) -> Case:
    """Points of one indicator; none where a department speaks, because a broker cannot change that."""
    age = Value(today, output_field=IntegerField()) - F(_observed(row))
    bounded = Least(age, Value(rules.most * rules.days))
    return Case(
        When(**{f"{_source(row)}__gte": _DEPARTMENT}, then=Value(0)),
        When(**{f"{_source(row)}__gt": 0}, **{f"{_observed(row)}__gt": today - rules.days}, then=Value(0)),
        When(**{f"{_source(row)}__gt": 0}, then=Value(weight) * bounded / Value(rules.days)),
        default=Value(weight * rules.most),
        output_field=IntegerField(),
    )


def _changed(rules: Formula) -> Case:
    """A department's file changed something after the worker, or a broker for them, last spoke of anything here."""
    spoken = [
        Case(
            When(**{f"{_source(row)}__in": _OWN}, then=F(_observed(row))), default=Value(0), output_field=IntegerField()
        )
        for row in rules.indicators
    ]
    heard = Greatest(*spoken, Value(0))
    later = Q(pk__in=[])
    for code in SIGNALS:
        row = BY_CODE[code]
        by_file = {f"{_source(row)}__gte": _DEPARTMENT, f"provenance__acts__{row.number - 1}__gt": 0}
        later |= Q(**by_file, **{f"{_observed(row)}__gt": Coalesce(heard, Value(0))})
    return Case(When(later, then=Value(True)), default=Value(False))


def _line(worker: Worker, rules: Formula, day: date) -> Line:
    reasons = _in_words(worker, rules, day)
    if worker.changed:
        reasons.append(_("部门后来登记了变化，可能换了工作或住处"))
    if worker.unconfirmed:
        reasons.append(_("上次的更新过期没有确认"))
    return Line(worker, worker.points, tuple(reasons), worker.waits)


def _in_words(worker: Worker, rules: Formula, day: date) -> list[str]:
    """8 个月没有核实：主要工种、务工地；从没说过：培训需求."""
    by_months: dict[int | None, list[str]] = defaultdict(list)
    for row in rules.indicators:
        months = _months(worker, row, rules, day)
        if months != 0:
            by_months[months].append(str(row.label))
    aged = sorted((months for months in by_months if months), reverse=True)
    found = [_("{n} 个月没有核实：{what}").format(n=n, what="、".join(by_months[n])) for n in aged[:_GROUPS_IN_WORDS]]
    if rest := [label for n in aged[_GROUPS_IN_WORDS:] for label in by_months[n]]:
        found.append(_("也超过 {n} 个月：{what}").format(n=rules.months, what="、".join(rest)))
    if never := by_months.get(None):
        found.append(_("还没有说过：{what}").format(what="、".join(never)))
    return found


def _months(worker: Worker, row: Indicator, rules: Formula, day: date) -> int | None:
    """Months since it was last said; 0 while that is recent or a department's, None when nobody ever said it."""
    provenance = getattr(worker, "provenance", None)
    source = provenance.sources[row.number - 1] if provenance else 0
    if source >= _DEPARTMENT:
        return 0
    if not source:
        return None
    age = day_number(day) - provenance.observed[row.number - 1]
    return age // DAYS_IN_A_MONTH if age >= rules.days else 0
