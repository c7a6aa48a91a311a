"""Steps that move no state and that a clock waits for: the first word with the complainant, the end of the inquiry."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless

from ..enums import OPEN, CaseState
from ..models import Case
from ..terms import ClockKind
from . import _timers
from ._rights import in_charge


@transaction.atomic
def note_contact(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """Somebody of the office has spoken with the complainant. The note is the office's own."""
    case = in_charge(case, by)
    refuse_unless(case.state in OPEN, _("案件已经结束，不用再记联系。"))
    _timers.stop(case, ClockKind.CONTACT, on=local_day(at))
    audit.record("contact", case, by=by, at=at, reason=note)
    return case


@transaction.atomic
def end_investigation(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """The facts are established; from here the decision has its own fifteen working days (实施规定)."""
    case = in_charge(case, by)
    refuse_unless(case.state == CaseState.INVESTIGATING, _("只有调查中的案件可以记录调查终结。"))
    running = case.clocks.filter(kind=ClockKind.DECISION, ended_on__isnull=True).exists()
    refuse_unless(not running, _("已经记录过调查终结，作出决定的期限正在计算。"))
    clock = _timers.start(case, ClockKind.DECISION, local_day(at))
    audit.record("end_investigation", case, by=by, at=at, reason=note, rule=clock.rule)
    outbox.put("wages.investigated", case, at=at)
    return case
