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
# The only ends that say that nothing is owed; `settle` itself asks for the complainant's word or a checked voucher.
_CLEARS = {CaseState.SETTLED: ArrearsStatus.SETTLED, CaseState.UNFOUNDED: ArrearsStatus.NONE}
# Ended here and undecided elsewhere.
_ELSEWHERE = (CaseState.POLICE, CaseState.ARBITRATION)


def arrears_found(case: Case, *, by: Any, at: datetime) -> None:
    """A filed case: the worker has open arrears, the employer an open case."""
    _tell_registry(case, ArrearsStatus.IN_PROGRESS, case.amount_fen, by=by, at=at)
    if case.employer_id:
        employers.services.record_standing(_locked_employer(case), ArrearsStanding.OPEN, by=by, at=at)


def case_ended(case: Case, *, by: Any, at: datetime) -> None:
    """An ended case: what the worker's row and the employer's standing say from now on.

    Their rows are locked before other cases are looked for, else two cases that end at once would each leave the
    other as the reason.
    """
    if case.accepted_at is None:
        return
    if case.worker_id:
        Worker.everyone.select_for_update(of=("self",)).get(pk=case.worker_id)
        _tell_registry(*_arrears_after(case), by=by, at=at)
    if case.employer_id:
        employer = _locked_employer(case)
        employers.services.record_standing(employer, _standing(case), by=by, at=at)


def _arrears_after(case: Case) -> tuple[Case, ArrearsStatus, int | None]:
    """Whose arrears the registry holds after this end, their status and sum.

    | what ended                                              | registry                        |
    |---------------------------------------------------------|---------------------------------|
    | anything, while another complaint of the worker is open | 受理中, the other's sum         |
    | withdrawn, revoked, works money, police, arbitration    | 未清偿, this sum                |
    | settled, or withdrawn after the worker had the money    | 已清偿, 0                       |
    | unfounded                                               | 无, 0                           |
    | these two, while another went to police or arbitration  | 未清偿, the other's sum         |

    Taking a complaint back ends the case, not the debt.
    """
    others = Case.objects.complaints().filter(worker=case.worker_id, accepted_at__isnull=False).exclude(pk=case.pk)
    newest = others.order_by("-accepted_at", "-pk")
    if still_open := newest.going_on().first():
        return still_open, ArrearsStatus.IN_PROGRESS, still_open.amount_fen
    clears = ArrearsStatus.SETTLED if case.payment_confirmed_at else _CLEARS.get(case.state)
    if clears is None:
        return case, ArrearsStatus.UNSETTLED, case.amount_fen
    if elsewhere := newest.filter(state__in=_ELSEWHERE).first():
        return elsewhere, ArrearsStatus.UNSETTLED, elsewhere.amount_fen
    return case, clears, 0


def _locked_employer(case: Case) -> Employer:
    return Employer.objects.select_for_update(of=("self",)).get(pk=case.employer_id)


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
    if cases.going_on().exists():
        return ArrearsStanding.OPEN
    if cases.filter(state__in=_ELSEWHERE).exists():
        return ArrearsStanding.OPEN
    return ArrearsStanding.CLEARED if cases.filter(state=CaseState.SETTLED).exists() else ArrearsStanding.NONE
