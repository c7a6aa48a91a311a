"""One level up: who said that the money came does not examine whether it did."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.policies import has_the_city
from core import audit, outbox
from core.calendar import local_day
from core.divisions import CITY
from core.transitions import move

from ..enums import UNDER_WAY, Level
from ..flow import CASE_FLOW
from ..models import Case, Payment, Reopening
from . import _clocks


def go_up(case: Case, payment: Payment, *, by: Any, at: datetime) -> Case:
    """The caller holds the case. Another authority's case stays there; its people are told that somebody was not paid.

    From the district to the city; what the city itself had recorded goes to another of its officials, where there is
    one. A payment that was recorded below, denied when the case is up already, changes nothing more.
    """
    begins_again = CASE_FLOW.allows("reopen", case.state)
    if not begins_again and case.state not in UNDER_WAY:
        outbox.put("wages.payment_contested", case, at=at)
        return case
    clock = _clocks.after_reopening(case, local_day(at))
    row = Reopening.objects.create(
        case=case,
        payment=payment,
        at=at,
        from_state=case.state,
        from_level=case.level,
        to_level=Level.CITY,
        handler_before=case.assignee,
        shut_out=_shut_out(case, payment),
        due_before=case.due_on,
        closed_before=case.closed_at,
    )
    moves = case.level != Level.CITY or row.shut_out_id is not None or case.closed_at is not None
    columns = {**clock.columns, "level": Level.CITY}
    if moves:
        columns |= {"assignee": None, "second_inspector": None}
    if begins_again:
        case = move(case, "reopen", by=by, at=at, paid_at=None, closed_at=None, **columns)
    else:
        Case.objects.filter(pk=case.pk).update(**columns)
        case = Case.objects.get(pk=case.pk)
    audit.record("go_up", case, by=by, at=at, reopening=row.pk, level=str(Level.CITY), rule=clock.rule)
    outbox.put("wages.went_up", case, at=at, reopening=row.pk)
    return case


def _shut_out(case: Case, payment: Payment) -> User | None:
    """The city's official who had recorded it, when another one is left to decide."""
    recorder = payment.recorded_by
    if recorder is None or not has_the_city(recorder):
        return None
    known = case.reopenings.filter(shut_out__isnull=False).values("shut_out")
    others = User.objects.filter(role="official", is_active=True, jurisdictions__code=CITY)
    left = others.exclude(pk=recorder.pk).exclude(pk__in=known).exclude(pk__in=case.recusals.values("official"))
    return recorder if left.exists() else None
