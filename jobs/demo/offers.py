"""Offers between the demo's brokers and people, so that both have something to answer."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from core import audit
from core.calendar import local_day
from workers.models import ContactGrant, JobIntent

from ..candidates import facts_of_intent, facts_of_vacancy, intent_values
from ..enums import ApplicationSource, RecommendationState, VacancyState
from ..models import Application, Recommendation, Vacancy
from ..pay import per_month_fen
from ..scoring import score
from .vacancies import CAST, World

_OFFERS = 24  # what one broker has in hand at a time


def offers_for_the_cast(world: World, vacancies: list[Vacancy]) -> None:
    """王伟 has offers to answer and an application; each broker waits for answers and has somebody to call."""
    for code in CAST:
        broker = world.brokers[code]
        here = [row for row in vacancies if row.state == VacancyState.PUBLISHED and row.division_id.startswith(code)]
        people = JobIntent.objects.candidates().filter(home_district=code)
        known = list(intent_values(people.filter(worker__user__isnull=False).order_by("worker_id"))[:1])
        rows = known * 3 + list(
            intent_values(people.exclude(worker__user__isnull=False).order_by("worker_id"))[:_OFFERS]
        )
        _answers(world, broker, _matched(world, here, rows))
        _let_call(world, broker)


def _matched(world: World, here: list[Vacancy], rows: list[dict]) -> list[tuple[Vacancy, dict, Any]]:
    """Each person with the local vacancy that fits best and was not taken for them yet."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row in rows:
        free = [vacancy for vacancy in here if (vacancy.pk, row["worker_id"]) not in taken]
        if not free:
            continue
        facts = facts_of_intent(row)
        scored = [(score(_facts(vacancy), facts, on=world.today), vacancy) for vacancy in free]
        best, vacancy = max(scored, key=lambda pair: pair[0].total)
        taken.add((vacancy.pk, row["worker_id"]))
        found.append((vacancy, row, best))
    return found


def _facts(vacancy: Vacancy) -> Any:
    """Generated columns are not on a row that was just created."""
    vacancy.pay_month_fen = per_month_fen(vacancy.pay_max_fen, vacancy.pay_unit)
    return facts_of_vacancy(vacancy)


def _answers(world: World, broker: User, matched: list) -> None:
    for number, (vacancy, row, best) in enumerate(matched):
        offered = world.at - timedelta(hours=2 + number * 3 % 60)
        own = number < 3  # the signed-in worker's: two to answer, one already accepted
        accepted = number == 2 if own else number % 4 == 0
        declined = not own and number % 4 == 1
        state = RecommendationState.ACCEPTED if accepted else RecommendationState.OFFERED
        offer = Recommendation.objects.create(
            vacancy=vacancy,
            worker_id=row["worker_id"],
            division=vacancy.division_id,
            broker=broker,
            score=best.total,
            reasons=best.words(),
            state=RecommendationState.DECLINED if declined else state,
            offered_at=offered,
            answer_by=_last_day(vacancy, local_day(offered)),
            answered_at=world.at if accepted or declined else None,
        )
        audit.record("jobs.recommend", offer, by=broker, at=offered)
        if accepted:
            _accepted(world, broker, offer)


def _last_day(vacancy: Vacancy, offered: date) -> date:
    return min(offered + timedelta(days=7), vacancy.expires_on)


def _accepted(world: World, broker: User, offer: Recommendation) -> None:
    worker = offer.worker
    if Application.objects.filter(vacancy=offer.vacancy, worker=worker).exists():
        return
    application = Application.objects.create(
        vacancy=offer.vacancy,
        worker=worker,
        division=offer.division,
        source=ApplicationSource.RECOMMENDATION,
        recommendation=offer,
        applied_at=world.at,
        applied_by=worker.user or broker,
    )
    audit.record("jobs.apply", application, by=worker.user or broker, at=world.at)
    worker.contact_grants.get_or_create(
        broker=broker,
        withdrawn_at=None,
        defaults={"occasion": f"jobs.application:{application.pk}", "granted_at": world.at},
    )


def _let_call(world: World, broker: User) -> None:
    """Whoever waits for this broker's call has agreed to be called."""
    waiting = Application.objects.waiting().filter(vacancy__registered_by=broker, worker__contact_grants__isnull=True)
    first_of = {row.worker_id: row for row in waiting.order_by("-pk")}
    ContactGrant.objects.bulk_create(
        ContactGrant(
            worker_id=worker_id, broker=broker, occasion=f"jobs.application:{row.pk}", granted_at=row.applied_at
        )
        for worker_id, row in first_of.items()
    )
