"""Who may do what with an application that they can see."""

from datetime import datetime
from typing import Any

from accounts.policies import is_auditor, is_city_official, is_worker, official_covers
from workers.enums import MandateScope
from workers.models import Worker
from workers.policies import is_self, may_act_for

from .enums import RUNNING, State
from .models import HousingApplication


def owns(user: Any, application: HousingApplication) -> bool:
    """The applicant."""
    return is_worker(user) and application.worker.user_id == user.pk


def may_apply_for(user: Any, worker: Worker, *, at: datetime | None = None) -> bool:
    """The worker, or a broker under the worker's live mandate for housing."""
    return is_self(user, worker) or may_act_for(user, worker, MandateScope.HOUSING, at=at)


def may_edit(user: Any, application: HousingApplication, *, at: datetime | None = None) -> bool:
    """Fill in, hand in, supply papers."""
    return may_apply_for(user, application.worker, at=at)


def may_end(user: Any, application: HousingApplication) -> bool:
    """Throw a draft away or take an application back: the applicant in person, for the place in the queue is lost."""
    return owns(user, application)


def may_withdraw(user: Any, application: HousingApplication) -> bool:
    return may_end(user, application) and application.state in {*RUNNING, State.WAITING}


def may_object(user: Any, application: HousingApplication) -> bool:
    """Anybody with an account, but not against oneself."""
    return user.is_authenticated and application.state == State.PUBLICITY and not owns(user, application)


def may_review(user: Any, application: HousingApplication) -> bool:
    """An official of the district in which it was handed in."""
    return official_covers(user, application.division_id or "")


def is_final_office(user: Any, application: HousingApplication) -> bool:
    """An official of the office that reviews it finally: the city's for central estates, else the district's own."""
    return official_covers(user, application.final_division_id or "")


def may_check(user: Any, application: HousingApplication) -> bool:
    """The final review is its office's, and another person's than the preliminary one."""
    return is_final_office(user, application) and application.preliminary_reviewer_id != user.pk


def may_read_papers(user: Any, application: HousingApplication) -> bool:
    """The applicant and their broker, the officials of the district, and auditors; every reading but the applicant's
    is recorded."""
    return may_edit(user, application) or may_review(user, application) or is_auditor(user)


def may_reveal(user: Any, application: HousingApplication) -> bool:
    """Names and numbers of the household, with a reason."""
    return may_review(user, application)


def may_keep_estates(user: Any) -> bool:
    """Estates, rents and flats are kept by the city."""
    return is_city_official(user)
