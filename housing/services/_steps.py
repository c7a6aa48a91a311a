"""What every step of an application does besides moving it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.policies import is_broker
from core import audit, calendar, outbox
from core.calendar import local_day
from core.transitions import move
from workers import services as workers
from workers.code_lists import PublicHousing
from workers.enums import Source
from workers.policies import is_self

from ..deadlines import Clock, end, left, level, percent_used
from ..enums import RUNNING, State
from ..models import HousingApplication
from ..policy import rules_on

NOT_YOURS = gettext_lazy("这不是你的申请，本人也没有委托你办。")
ACTED_FOR = "act_for"
REGISTRY = {
    **dict.fromkeys(RUNNING, PublicHousing.IN_REVIEW),
    State.WAITING: PublicHousing.WAITING,
    State.ALLOTTED: PublicHousing.ALLOTTED,
    State.CONFIRMED: PublicHousing.ALLOTTED,
    State.LEASED: PublicHousing.ALLOTTED,
    State.EXITED: PublicHousing.LEFT,
}


def note_for(application: HousingApplication, what: str, *, by: User, at: datetime) -> None:
    """What a broker does in the applicant's name is on record by its own; the applicant reads it."""
    if not is_self(by, application.worker):
        audit.record(ACTED_FOR, application, by=by, at=at, reason=what)


def fresh(application: HousingApplication) -> HousingApplication:
    """The row as it is now, held until the end of the transaction: steps that reckon with it wait for each other."""
    return HousingApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)


def start(clock: Clock, at: datetime) -> dict[str, Any]:
    """The columns of a clock that has its whole time from now on."""
    day = local_day(at)
    whole = rules_on(day)[clock.whole].value
    return {**_running(clock, at, end(clock, day, whole), warned=0), **({clock.left: whole} if clock.left else {})}


def stop(application: HousingApplication, clock: Clock, at: datetime) -> dict[str, Any]:
    """The columns of a review that stands still from now on. What has run out stays as it is."""
    begun, days = getattr(application, clock.starts), getattr(application, clock.left)
    if begun is None:
        return {}
    remaining = left(local_day(begun), days, local_day(at))
    return {clock.starts: None, clock.left: remaining} if remaining >= 1 else {}


def go_on(application: HousingApplication, clock: Clock, at: datetime, *, afresh: bool = False) -> dict[str, Any]:
    """The columns of a review that goes on now with the days that were left, or with all of them."""
    days = getattr(application, clock.left)
    if afresh or days is None:
        return start(clock, at)
    begun = getattr(application, clock.starts) or at  # still set where it had run out
    deadline = end(clock, local_day(begun), days)
    whole = rules_on(local_day(begun))[clock.whole].value
    used = percent_used(whole, calendar.workdays_between(local_day(at), deadline.day))
    return {**_running(clock, begun, deadline, warned=level(used)), clock.left: days}


def forget(clock: Clock) -> dict[str, Any]:
    """The columns of a review that will have its whole time when it comes."""
    return {clock.starts: None, clock.left: None}


def _running(clock: Clock, begun: datetime, deadline: calendar.Deadline, *, warned: int) -> dict[str, Any]:
    return {
        clock.starts: begun,
        clock.ends: deadline.day,
        "due_provisional": deadline.provisional,
        "warned_percent": warned,
    }


def starts_over(occasion: str, at: datetime) -> bool:
    """Whether a review has its whole time again after `supplement`, `return` or `objection`: no text says."""
    return bool(rules_on(local_day(at))[f"{occasion}_restarts_clock"].value)


def step(
    application: HousingApplication, verb: str, *, by: User | None, at: datetime, reason: str = "", **changes: Any
) -> HousingApplication:
    """Move, tell the registry (indicator 57) and leave a message for the notices."""
    application = move(application, verb, by=by, at=at, reason=reason, **changes)
    status = REGISTRY.get(State(application.state), PublicHousing.NOT_APPLIED)
    workers.record(application.worker, {"public_housing": status}, source=Source.COMPUTED, by=by, at=at)
    due = application.due_on.isoformat() if application.due_on else ""
    outbox.put(f"housing.{verb}", application, at=at, due=due, broker=by.pk if is_broker(by) else None)
    return application
