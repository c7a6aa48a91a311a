"""The worker's own side of matching: my list by fit, and why a job suits me.

Only for workers who agreed to recommendations; everybody else gets the list by date (个人信息保护法 art. 24).
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.policies import is_worker
from core.pagination import Page
from workers.code_lists import trades_near
from workers.models import JobIntent, Worker

from .candidates import INTENT_FIELDS, facts_of_intent, facts_of_vacancy, township_of
from .models import Vacancy
from .places import districts_of_region
from .scoring import CandidateFacts, score

POOL = 400
WORTH_SAYING = 60  # below this a job does not "suit", and nothing is claimed


def facts_of(user: Any) -> CandidateFacts | None:
    """What this worker looks for, if that is known and may be used."""
    if not is_worker(user):
        return None
    return _known(JobIntent.objects.candidates().filter(worker__user=user))


def facts_of_client(worker: Worker) -> CandidateFacts | None:
    """What a worker looks for, for the broker whom the worker asked to find work."""
    return _known(JobIntent.objects.filter(worker=worker))


def _known(intents: QuerySet) -> CandidateFacts | None:
    """The facts with the home township; nothing without a wanted trade."""
    intent = intents.exclude(trade="").select_related("worker").first()
    if intent is None:
        return None
    facts = facts_of_intent({name: getattr(intent, name) for name in INTENT_FIELDS})
    return replace(facts, home=township_of(intent.worker, facts.home))


def why(vacancy: Vacancy, facts: CandidateFacts | None, on: date) -> list[str]:
    """Up to three reasons why this job suits; none when it does not."""
    if facts is None:
        return []
    result = score(facts_of_vacancy(vacancy), facts, on=on)
    return result.words() if result.total >= WORTH_SAYING else []


def _within_reach(vacancies: QuerySet, facts: CandidateFacts) -> QuerySet:
    """Jobs of the wanted or a near trade, or in the wanted or home region: the rest cannot rank high."""
    trades = {facts.trade, *facts.other_trades, *trades_near(facts.trade)}
    places = districts_of_region(facts.wanted or facts.home)
    return vacancies.filter(Q(trade__in=trades) | Q(district__in=places))


def page_by_fit(vacancies: QuerySet, facts: CandidateFacts, cursor: str, *, on: date, per_page: int = 20) -> Page:
    """The freshest `POOL` jobs within reach, best fit first; `cursor` is the page's number."""
    pool = list(_within_reach(vacancies, facts).order_by("-refreshed_at", "-pk")[:POOL])
    ranked = sorted(pool, key=lambda row: -score(facts_of_vacancy(row), facts, on=on).total)
    number = int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 4 else 1
    first = (max(number, 1) - 1) * per_page
    return Page(
        items=ranked[first : first + per_page],
        next_cursor=str(number + 1) if first + per_page < len(ranked) else "",
        previous_cursor=str(number - 1) if number > 1 else "",
    )
