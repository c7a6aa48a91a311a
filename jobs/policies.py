"""Who may do what with vacancies, applications and offers."""

from datetime import datetime
from typing import Any

from accounts.policies import is_broker, is_official, official_covers
from workers.enums import MandateScope
from workers.models import Worker
from workers.policies import is_self, may_act_for

from .models import Application, Recommendation, Vacancy


def may_register(user: Any) -> bool:
    """Brokers and officials put a notice on record; it is public only after another person checked it."""
    return is_broker(user) or is_official(user)


def may_check(user: Any, vacancy: Vacancy) -> bool:
    """An official of the place who did not register it (maker ≠ checker)."""
    return official_covers(user, vacancy.division_id) and vacancy.registered_by_id != user.pk


def may_manage(user: Any, vacancy: Vacancy) -> bool:
    """Confirm that it is still open, correct or close it: who registered it, or an official of the place."""
    return (vacancy.registered_by_id == user.pk and may_register(user)) or official_covers(user, vacancy.division_id)


def may_recommend(user: Any) -> bool:
    return is_broker(user)


def may_apply_for(user: Any, worker: Worker, *, at: datetime | None = None) -> bool:
    """The worker, or a broker under the worker's live mandate for jobs."""
    if is_self(user, worker):
        return True
    return may_act_for(user, worker, MandateScope.JOBS, at=at)


def may_answer(user: Any, recommendation: Recommendation) -> bool:
    """Only the worker; a broker never accepts an offer in a worker's name."""
    return is_self(user, recommendation.worker)


def may_decide(user: Any, application: Application) -> bool:
    """Say who was hired: an official of the place, or the broker who keeps the vacancy for the employer."""
    return may_manage(user, application.vacancy)


def may_see_employer_phone(user: Any, vacancy: Vacancy, *, applied: bool) -> bool:
    """A worker who applied, whoever keeps the vacancy, and officials of the place."""
    return applied or may_manage(user, vacancy)
