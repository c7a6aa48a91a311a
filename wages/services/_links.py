"""What a wage case tells the floors below: the worker's arrears indicators and the employer's standing."""

from datetime import datetime
from typing import Any

import employers.services
import workers.services
from employers.enums import ArrearsStanding
from employers.models import Employer
from workers.code_lists.wages import ArrearsStatus
from workers.enums import Source
from workers.models import Worker

from ..enums import CaseState, Kind
from ..models import Case

ARREARS_STATUS, ARREARS_AMOUNT = "arrears_status", "arrears_amount"  # indicators 43 and 44


def arrears_found(case: Case, *, by: Any, at: datetime) -> None:
    """A filed case: the worker has open arrears, the employer an open case."""
    _tell_registry(case, ArrearsStatus.IN_PROGRESS, case.amount_fen, by=by, at=at)
    if case.employer_id:
        employers.services.record_standing(_locked_employer(case), ArrearsStanding.OPEN, by=by, at=at)


def case_ended(case: Case, *, by: Any, at: datetime) -> None:
    """An ended case: cleared when paid, unpaid when it goes to another authority, else no arrears of this case.

    Another open case of the worker or the employer outlives it. Their rows are locked before the others are
    looked for, else two cases that end at once would each leave the other as the reason.
    """
    if case.accepted_at is None:
        return
    if case.worker_id:
        Worker.objects.select_for_update(of=("self",)).get(pk=case.worker_id)
    other = _other_open(case)
    if other is not None:
        _tell_registry(other, ArrearsStatus.IN_PROGRESS, other.amount_fen, by=by, at=at)
    elif case.state == CaseState.SETTLED:
        _tell_registry(case, ArrearsStatus.SETTLED, 0, by=by, at=at)
    elif case.state in (CaseState.POLICE, CaseState.ARBITRATION):
        _tell_registry(case, ArrearsStatus.UNSETTLED, case.amount_fen, by=by, at=at)
    else:
        _tell_registry(case, ArrearsStatus.NONE, 0, by=by, at=at)
    if case.employer_id:
        employer = _locked_employer(case)
        employers.services.record_standing(employer, _standing(case), by=by, at=at)


def _locked_employer(case: Case) -> Employer:
    return Employer.objects.select_for_update(of=("self",)).get(pk=case.employer_id)


def _other_open(case: Case) -> Case | None:
    """The worker's newest other complaint that is filed and not ended."""
    if case.worker_id is None:
        return None
    others = Case.objects.open().complaints().filter(worker=case.worker_id, accepted_at__isnull=False)
    return others.exclude(pk=case.pk).order_by("-accepted_at", "-pk").first()


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
