"""A case that went to another house comes back: to where it stood, with the days that it had left."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import outbox
from core.calendar import local_day
from core.errors import refuse_unless
from core.transitions import move

from .. import policies
from ..enums import CaseState
from ..models import Case
from ..models.elsewhere import UNDER_WAY
from ..terms import ClockKind
from . import _clocks, _links, _timers
from ._rights import in_charge
from .arbitration import CLOCKS

AWAY = (CaseState.ARBITRATION, CaseState.POLICE)


@transaction.atomic
def take_back(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """The commission or the police did not end it. Who waited loses no day of the office's clock, and no more."""
    case, day = in_charge(case, by), local_day(at)
    refuse_unless(case.state in AWAY, _("这起案件没有移送出去，或者已经收回，请刷新后再看。"))
    for row in case.arbitrations.filter(state__in=UNDER_WAY):
        move(row, "arb_drop", by=by, at=at, reason=note, note=note)
    _timers.stop(case, *CLOCKS, ClockKind.ARB_SUIT, on=day)
    case = move(case, _verb(case), by=by, at=at, reason=note, closed_at=None, **_clocks.after_absence(case, day))
    if case.accepted_at is not None:
        _links.arrears_found(case, by=by, at=at)
    outbox.put("wages.taken_back", case, at=at)
    return case


def _verb(case: Case) -> str:
    """Never accepted: to be answered afresh. Without two inspectors nothing is under investigation (条例 art. 16)."""
    if case.accepted_at is None:
        return "take_back_unfiled"
    if case.state == CaseState.ARBITRATION and len(policies.inspectors(case)) < 2:
        return "take_back_filed"
    return "take_back"
