"""Who hears of a clock: the handler first, then the office, then the city. Also whom other news of a case concerns.

There is no rank of “head” in the portal; the office's other officials stand for it.
"""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from core.divisions import CITY

from .enums import Level, Rung
from .models import Case


def city() -> list[User]:
    return list(_officials().filter(jurisdictions__code=CITY).distinct().order_by("pk"))


def of_the_place(case: Case) -> list[User]:
    """The officials of the case's district; where there is none, those of the city."""
    district = _officials().filter(jurisdictions__code__startswith=case.district).distinct().order_by("pk")
    return list(district) or city()


def handler_of(case: Case) -> list[User]:
    if case.assignee:
        return [case.assignee]
    return city() if case.level == Level.CITY else of_the_place(case)


def climbs_to(rung: int, case: Case) -> list[User]:
    """Everybody up to and including this rung, each once; who stepped aside hears nothing."""
    people = list(handler_of(case))
    if rung >= Rung.DISTRICT:
        people += of_the_place(case)
    if rung >= Rung.CITY:
        people += city()
    aside = set(case.recusals.values_list("official", flat=True))
    return [user for user in {user.pk: user for user in people}.values() if user.pk not in aside]


def rung(used_percent: int, *, over: bool, percents: Sequence[int]) -> int:
    """How high a clock has climbed; 0 while nobody needs to hear of it."""
    if over:
        return Rung.CITY
    first, second = percents
    if used_percent >= second:
        return Rung.DISTRICT
    return Rung.HANDLER if used_percent >= first else 0


def _officials() -> Any:
    return User.objects.filter(role="official", is_active=True)
