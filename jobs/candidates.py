"""Who fits a vacancy: a bounded prefilter in SQL over the narrow intent table, then the pure score.

Two stages keep it fast at 7.91 million people: at most `POOL` intents of the broker's districts are read through
one index and scored; only the best of them are joined to the wide table for the township and what is shown.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from core.calendar import local_day
from core.divisions import CITY_PREFIX
from core.models import Division
from workers.code_lists import TRADES, trades_near
from workers.models import JobIntent, Worker

from . import limits
from .enums import LIVE_APPLICATION
from .models import Application, Recommendation, Vacancy
from .scoring import FRESH_DAYS, CandidateFacts, Score, VacancyFacts, score

POOL = 2_000
SHOWN = 30
_CLOSER_LOOK = 2  # times as many as are shown get their township looked up

INTENT_FIELDS = (
    "worker_id",
    "trade",
    "other_trades",
    "experience_months",
    "skill_level",
    "min_pay_fen",
    "pay_unit",
    "home_district",
    "wanted_district",
    "anywhere",
    "available_on",
    "verified_on",
)
_WORKER_FIELDS = ("worker_no", "full_name", "birth_date", "employment_status", "residence_division", "hukou_division")


@dataclass(frozen=True)
class Candidate:
    """A person with a score; `worker` carries only the columns that a broker may see."""

    worker: Worker
    facts: CandidateFacts
    score: Score


@dataclass(frozen=True)
class Narrowing:
    """What a broker may narrow a ranking by."""

    same_trade: bool = False
    certified: bool = False
    available: bool = False
    fresh: bool = False

    def keeps(self, facts: CandidateFacts, vacancy: Vacancy, day: date) -> bool:
        return (
            (not self.same_trade or facts.trade == vacancy.trade or vacancy.trade in facts.other_trades)
            and (not self.certified or bool(facts.skill_level))
            and (not self.available or facts.available_on is None or facts.available_on <= day)
            and (not self.fresh or is_fresh(facts.known_on, day))
        )


def is_fresh(known_on: date | None, day: date) -> bool:
    """Confirmed within the last month."""
    return known_on is not None and (day - known_on).days <= FRESH_DAYS


@dataclass(frozen=True)
class Ranking:
    """The best candidates and how many people were weighed for it."""

    candidates: list[Candidate]
    weighed: int


def facts_of_vacancy(vacancy: Vacancy) -> VacancyFacts:
    return VacancyFacts(
        trade=vacancy.trade,
        skill_level=vacancy.skill_level,
        pay_month_fen=vacancy.pay_month_fen,
        division=vacancy.division_id,
        starts_on=vacancy.starts_on,
    )


def facts_of_intent(row: dict[str, Any]) -> CandidateFacts:
    """From the intent's columns alone; nothing else of the person is read."""
    entry = TRADES.get(row["trade"])
    return CandidateFacts(
        trade=row["trade"],
        trade_label=entry.label if entry else "",
        other_trades=tuple(row["other_trades"]),
        months=row["experience_months"] or 0,
        skill_level=row["skill_level"],
        min_pay_fen=row["min_pay_fen"],
        pay_unit=row["pay_unit"],
        home=row["home_district"],
        wanted=row["wanted_district"],
        anywhere=row["anywhere"],
        available_on=row["available_on"],
        known_on=row["verified_on"],
    )


def intent_values(intents: QuerySet) -> QuerySet:
    """The columns that `facts_of_intent` needs."""
    return intents.values(*INTENT_FIELDS)


def districts_of(user: Any, day: date) -> list[str]:
    """The six-digit districts of a broker's jurisdiction; all of the city's for the whole city."""
    prefixes = user.jurisdiction_prefixes()
    if CITY_PREFIX in prefixes:
        return list(Division.objects.filter(level=Division.Level.DISTRICT).values_list("code", flat=True))
    return sorted({prefix[:6] for prefix in prefixes})


def reachable(vacancy: Vacancy, broker: Any, day: date) -> QuerySet:
    """Who this broker may be shown for this vacancy: looking, agreed, of the jurisdiction, not yet asked."""
    intents = JobIntent.objects.candidates().filter(home_district__in=districts_of(broker, day))
    townships = [prefix for prefix in broker.jurisdiction_prefixes() if len(prefix) > 6]
    if townships:
        intents = intents.filter(_lives_in(townships, broker))
    return intents.exclude(worker_id__in=Recommendation.objects.filter(vacancy=vacancy).values("worker_id")).exclude(
        worker_id__in=Application.objects.filter(vacancy=vacancy, state__in=LIVE_APPLICATION).values("worker_id")
    )


def _lives_in(townships: Sequence[str], broker: Any) -> Q:
    """A broker of single townships sees their residents, besides whole districts that are also in charge."""
    lives = Q()
    for prefix in townships:
        lives |= Q(worker__residence_division__startswith=prefix)
        lives |= Q(worker__residence_division="", worker__hukou_division__startswith=prefix)
    whole = [prefix for prefix in broker.jurisdiction_prefixes() if len(prefix) == 6]
    return lives | Q(home_district__in=whole) if whole else lives


def _pool(intents: QuerySet, trade: str) -> list[dict[str, Any]]:
    """People of the trade first, most recently confirmed; people of near trades fill up the rest."""
    rows = list(intent_values(intents.filter(trade=trade).order_by("-verified_on", "pk"))[:POOL])
    near = trades_near(trade)
    if len(rows) < POOL and near:
        rows += intent_values(intents.filter(trade__in=near).order_by("-verified_on", "pk"))[: POOL - len(rows)]
    return rows


def rank(
    vacancy: Vacancy,
    broker: Any,
    *,
    at: datetime,
    most: int = SHOWN,
    only: Iterable[int] = (),
    narrowing: Narrowing = Narrowing(),
) -> Ranking:
    """The best candidates, best first; `only` keeps to these workers (what a broker ticked, scored afresh)."""
    day = local_day(at)
    intents = reachable(vacancy, broker, day)
    rows = list(intent_values(intents.filter(worker_id__in=list(only)))) if only else _pool(intents, vacancy.trade)
    wanted = facts_of_vacancy(vacancy)
    people = [(row["worker_id"], facts_of_intent(row)) for row in rows]
    scored = [
        (score(wanted, facts, on=day), worker_id, facts)
        for worker_id, facts in people
        if narrowing.keeps(facts, vacancy, day)
    ]
    best = heapq.nlargest(most * _CLOSER_LOOK, scored, key=lambda entry: (entry[0].total, -entry[1]))
    return Ranking(_closer(wanted, best, at)[:most], weighed=len(rows))


def _closer(wanted: VacancyFacts, best: list, at: datetime) -> list[Candidate]:
    """Score once more with the township; leave out whoever is under working age or found work lately."""
    day = local_day(at)
    rules = limits.on(day)
    ids = [worker_id for _score, worker_id, _facts in best]
    placed = Application.objects.placements().filter(
        worker_id__in=ids, hired_at__gte=at - timedelta(days=rules.settling_days)
    )
    settled = set(placed.values_list("worker_id", flat=True))
    workers = Worker.objects.only(*_WORKER_FIELDS).in_bulk(set(ids) - settled)
    found = []
    for _first, worker_id, facts in best:
        worker = workers.get(worker_id)
        if worker is None or rules.forbids_work(worker.birth_date, day):
            continue
        exact = replace(facts, home=township_of(worker, facts.home))
        found.append(Candidate(worker, exact, score(wanted, exact, on=day)))
    return sorted(found, key=lambda candidate: (-candidate.score.total, candidate.worker.pk))


def township_of(worker: Worker, district: str) -> str:
    """The township inside the district where the worker is looked after, else the district."""
    for division in (worker.residence_division, worker.hukou_division):
        if len(division) >= 9 and division.startswith(district):
            return division[:9]
    return district
