"""Who applied for the demo's vacancies, and who was hired."""

from datetime import datetime, timedelta
from random import Random

from workers.models import JobIntent

from ..enums import ApplicationSource, ApplicationState, VacancyState
from ..models import Application, Vacancy

_S = VacancyState
_MOST_PEOPLE = 200_000
_ANSWERED_WITHIN = timedelta(days=6)


class Intents:
    """People who look for work, by trade, without those who can sign in: their story is told in `offers`."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.by_trade: dict[str, list[int]] = {}
        rows = JobIntent.objects.candidates().filter(worker__user__isnull=True).order_by("worker_id")
        for worker_id, trade in rows.values_list("worker_id", "trade")[:_MOST_PEOPLE]:
            self.by_trade.setdefault(trade, []).append(worker_id)

    def draw(self, vacancy: Vacancy, wanted: int, *, hired: bool) -> list[int]:
        """Whoever was hired is not drawn again."""
        pool = self.by_trade.get(vacancy.trade, [])
        people = self.rng.sample(pool, min(wanted, len(pool)))
        if hired:
            self.by_trade[vacancy.trade] = [one for one in pool if one not in people]
        return people


def people_for(rng: Random, vacancies: list[Vacancy]) -> list[list[int]]:
    """Who applies for each vacancy, before any is stored; a filled one gets exactly as many places as people."""
    people_of = Intents(rng)
    drawn = []
    for vacancy in vacancies:
        if vacancy.checked_at is None:
            drawn.append([])
            continue
        filled = vacancy.state == _S.FILLED
        people = people_of.draw(vacancy, vacancy.headcount if filled else rng.choice([0, 0, 1, 1, 2, 3]), hired=filled)
        if filled and people:
            vacancy.headcount = vacancy.filled_count = len(people)
        elif filled:
            vacancy.state = _S.EXPIRED
        drawn.append(people)
    return drawn


def applications(rng: Random, at: datetime, vacancies: list[Vacancy], people: list[list[int]]) -> list[Application]:
    """The rows themselves, once the vacancies have their numbers."""
    return [
        _application(rng, at, vacancy, worker_id, hired=vacancy.state == _S.FILLED)
        for vacancy, drawn in zip(vacancies, people, strict=True)
        for worker_id in drawn
    ]


def _application(rng: Random, at: datetime, vacancy: Vacancy, worker_id: int, *, hired: bool) -> Application:
    applied = min(vacancy.checked_at + timedelta(hours=rng.randint(2, 400)), at)
    over = vacancy.state in (_S.EXPIRED, _S.CLOSED) or at - applied > _ANSWERED_WITHIN
    state = ApplicationState.HIRED if hired else ApplicationState.REJECTED if over else ApplicationState.APPLIED
    done = min(applied + timedelta(days=rng.randint(1, 9)), at)
    return Application(
        vacancy=vacancy,
        worker_id=worker_id,
        division=vacancy.division_id,
        source=ApplicationSource.BROKER,
        state=state,
        applied_at=applied,
        applied_by=vacancy.registered_by,
        closed_at=None if state == ApplicationState.APPLIED else done,
        hired_at=done if hired else None,
        hired_by=vacancy.registered_by if hired else None,
    )
