"""What a wage case tells the floors below: the worker's arrears indicators and the employer's standing."""

from datetime import datetime
from typing import Any

import employers.services
import workers.services
from employers.enums import ArrearsStanding
from workers.code_lists.wages import ArrearsStatus
from workers.enums import Source

from ..enums import CaseState, Kind
from ..models import Case

ARREARS_STATUS, ARREARS_AMOUNT = "arrears_status", "arrears_amount"  # indicators 43 and 44


def arrears_found(case: Case, *, by: Any, at: datetime) -> None:
    """A filed case: the worker has open arrears, the employer an open case."""
    _tell_registry(case, ArrearsStatus.IN_PROGRESS, case.amount_fen, by=by, at=at)
    if case.employer_id:
        employers.services.record_standing(case.employer, ArrearsStanding.OPEN, by=by, at=at)


def case_ended(case: Case, *, by: Any, at: datetime) -> None:
    """An ended case: cleared when paid, unpaid when it goes to another authority, else no arrears of this case."""
    if case.accepted_at is None:
        return
    if case.state == CaseState.SETTLED:
        _tell_registry(case, ArrearsStatus.SETTLED, 0, by=by, at=at)
    elif case.state in (CaseState.POLICE, CaseState.ARBITRATION):
        _tell_registry(case, ArrearsStatus.UNSETTLED, case.amount_fen, by=by, at=at)
    else:
        _tell_registry(case, ArrearsStatus.NONE, 0, by=by, at=at)
    if case.employer_id:
        employers.services.record_standing(case.employer, _standing(case), by=by, at=at)


def _tell_registry(case: Case, status: ArrearsStatus, amount_fen: int | None, *, by: Any, at: datetime) -> None:
    """Only a worker's own complaint; a group's sum or an anonymous hint says nothing about one person."""
    if case.worker_id is None or case.kind != Kind.COMPLAINT:
        return
    values: dict[str, Any] = {ARREARS_STATUS: status}
    if case.headcount == 1:
        values[ARREARS_AMOUNT] = amount_fen
    # The registry takes 43 and 44 from this matter only, never from a person.
    workers.services.record(case.worker, values, source=Source.COMPUTED, by=by, at=at)


def _standing(case: Case) -> ArrearsStanding:
    cases = Case.objects.filter(employer=case.employer_id, accepted_at__isnull=False)
    if cases.open().exists():
        return ArrearsStanding.OPEN
    if cases.filter(state__in=(CaseState.POLICE, CaseState.ARBITRATION)).exists():
        return ArrearsStanding.OPEN
    return ArrearsStanding.CLEARED if cases.filter(state=CaseState.SETTLED).exists() else ArrearsStanding.NONE
