"""What every step of an application does besides moving it."""

from datetime import datetime
from typing import Any

from accounts.models import User
from core import outbox
from core.calendar import local_day
from core.transitions import move
from workers import services as workers
from workers.code_lists import PublicHousing
from workers.enums import Source

from ..deadlines import Clock, end
from ..enums import RUNNING, State
from ..models import HousingApplication
from ..policy import rules_on

REGISTRY = {
    **dict.fromkeys(RUNNING, PublicHousing.IN_REVIEW),
    State.WAITING: PublicHousing.WAITING,
    State.ALLOTTED: PublicHousing.ALLOTTED,
    State.CONFIRMED: PublicHousing.ALLOTTED,
    State.LEASED: PublicHousing.ALLOTTED,
    State.EXITED: PublicHousing.LEFT,
}


def clock_from(clock: Clock, at: datetime) -> dict[str, Any]:
    """The columns that start a clock now."""
    day = local_day(at)
    deadline = end(clock, day, rules_on(day))
    return {
        clock.starts: at,
        clock.ends: deadline.day,
        "due_provisional": deadline.provisional,
        "warned_percent": 0,
    }


def step(
    application: HousingApplication, verb: str, *, by: User | None, at: datetime, reason: str = "", **changes: Any
) -> HousingApplication:
    """Move, tell the registry (indicator 57) and leave a message for the notices."""
    application = move(application, verb, by=by, at=at, reason=reason, **changes)
    status = REGISTRY.get(State(application.state), PublicHousing.NOT_APPLIED)
    workers.record(application.worker, {"public_housing": status}, source=Source.COMPUTED, by=by, at=at)
    due = application.due_on.isoformat() if application.due_on else ""
    outbox.put(f"housing.{verb}", application, at=at, due=due)
    return application
