"""What a signed-in person already has to do with one vacancy."""

from dataclasses import dataclass
from typing import Any

from accounts.policies import is_broker, is_worker

from ..enums import LIVE_APPLICATION
from ..models import Application, Recommendation, Vacancy


@dataclass(frozen=True)
class Mine:
    """`may_apply` also holds for visitors: their tap leads through the sign-in and back."""

    application: Application | None = None
    offer: Recommendation | None = None
    may_apply: bool = False
    one_tap: bool = False
    is_broker: bool = False


def of(user: Any, vacancy: Vacancy) -> Mine:
    """Two queries for a worker, none for anybody else."""
    if not user.is_authenticated:
        return Mine(may_apply=True)
    if not is_worker(user):
        return Mine(is_broker=is_broker(user))
    application = Application.objects.filter(vacancy=vacancy, worker__user=user, state__in=LIVE_APPLICATION).first()
    offer = Recommendation.objects.open().filter(vacancy=vacancy, worker__user=user).select_related("broker").first()
    free = application is None and offer is None
    return Mine(application, offer, may_apply=free, one_tap=free)
