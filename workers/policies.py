"""Who may do what with a worker's row."""

from datetime import datetime
from typing import Any

from accounts.policies import is_auditor, is_broker, is_city_official, is_official, is_worker

from .enums import MandateScope
from .models import ContactGrant, Mandate, TwinPair, Worker


def is_self(user: Any, worker: Worker) -> bool:
    """The worker in person."""
    return is_worker(user) and worker.user_id == user.pk


def is_about(user: Any, worker: Worker) -> bool:
    """Whether the row is this person's own; officials sign in by another account, and are known by their phone."""
    same_phone = user.phone_index and worker.mobile_index and bytes(user.phone_index) == bytes(worker.mobile_index)
    return worker.user_id == user.pk or bool(same_phone)


def may_act_for(broker: Any, worker: Worker, scope: MandateScope | str, *, at: datetime | None = None) -> bool:
    """A broker with a live mandate that names the matter; without a moment, live by the database's clock."""
    if not is_broker(broker):
        return False
    return Mandate.objects.live(at).filter(worker=worker, broker=broker, scope__contains=[str(scope)]).exists()


def may_update(user: Any, worker: Worker, *, at: datetime | None = None) -> bool:
    """The worker, or a broker whose mandate covers the profile."""
    return is_self(user, worker) or may_act_for(user, worker, MandateScope.PROFILE, at=at)


def may_see_phone(user: Any, worker: Worker) -> bool:
    """The worker, and a broker whom the worker let see it. Officials reveal it with a reason instead."""
    if is_self(user, worker):
        return True
    grants = ContactGrant.objects.filter(worker=worker, broker=user, withdrawn_at__isnull=True)
    return is_broker(user) and grants.exists()


def is_official_of(user: Any, worker: Worker) -> bool:
    """An official of a place where the worker is registered or lives; the city's officials are everybody's."""
    places = (worker.hukou_division, worker.residence_division)
    return is_city_official(user) or (is_official(user) and any(map(user.covers, places)))


def may_reveal(user: Any, worker: Worker) -> bool:
    """An official of the worker's place. Auditors read the trail, not people."""
    return is_official_of(user, worker)


def may_grant_mandate(user: Any, worker: Worker) -> bool:
    """The worker, or an official of the worker's place at the counter. Never the broker who would hold it."""
    return is_self(user, worker) or is_official_of(user, worker)


def may_end_mandate(user: Any, mandate: Mandate) -> bool:
    """Either side of it, and an official of the worker's place."""
    return is_self(user, mandate.worker) or user == mandate.broker or is_official_of(user, mandate.worker)


def may_judge_twins(user: Any, pair: TwinPair) -> bool:
    """An official who covers both rows."""
    return is_official(user) and TwinPair.objects.visible_to(user).filter(pk=pair.pk).exists()


def may_import(user: Any) -> bool:
    """The city's officials receive what departments send; None is the command line of the server."""
    return user is None or is_city_official(user)


def may_see_imports(user: Any) -> bool:
    """That a file came, when, and how many rows; auditors see no one's values in it."""
    return is_city_official(user) or is_auditor(user)


def may_set_precedence(user: Any) -> bool:
    """How much each source counts is the city's decision."""
    return is_city_official(user)
