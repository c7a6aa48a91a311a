"""What a wage case tells the floors below: the worker's arrears indicators and the employer's standing."""

from datetime import datetime
from typing import Any

from django.db import transaction

import employers.services
import workers.services
from employers.enums import ArrearsStanding
from employers.models import Employer
from workers.code_lists.wages import ArrearsStatus
from workers.enums import Source
from workers.models import Worker

from .. import paying
from ..enums import CaseState, ClaimantState, Kind
from ..models import Case, Claimant
from . import _money

ARREARS_STATUS, ARREARS_AMOUNT = "arrears_status", "arrears_amount"  # indicators 43 and 44
# Ended here and undecided elsewhere.
_ELSEWHERE = (CaseState.POLICE, CaseState.ARBITRATION)


def arrears_found(case: Case, *, by: Any, at: datetime) -> None:
    """A filed case, or one that goes on: its people have open arrears, the employer an open case."""
    _people_follow(case, at)
    if case.employer_id:
        employers.services.record_standing(_locked_employer(case), ArrearsStanding.OPEN, by=by, at=at)


def case_ended(case: Case, *, by: Any, at: datetime) -> None:
    """An ended case: what its people's rows and the employer's standing say from now on.

    The employer is locked before other cases are looked for, else two cases that end at once would each leave the
    other as the reason.
    """
    if case.accepted_at is None:
        return
    _people_follow(case, at)
    if case.employer_id:
        employer = _locked_employer(case)
        employers.services.record_standing(employer, _standing(case), by=by, at=at)


def _people_follow(case: Case, at: datetime) -> None:
    _money.tell_registry(Claimant.objects.filter(case=case.pk).counted(), at=at)


@transaction.atomic
def tell_registry(person: Claimant, *, at: datetime) -> None:
    """What the registry holds about the person's arrears, from their claims as they stand; safe to run again.

    Only a worker's own complaint: an anonymous hint says nothing about one person. The registry takes 43 and 44 from
    this matter only, never from a person.
    """
    if person.worker_id is None:
        return
    # Before the claims are read, else two that change at once would each leave what the other did.
    worker = Worker.everyone.select_for_update(of=("self",)).get(pk=person.worker_id)
    claims = Claimant.objects.filter(worker=worker.pk, case__accepted_at__isnull=False, origin__kind=Kind.COMPLAINT)
    rows = [_claim(row) for row in claims.counted().select_related("case").prefetch_related("payments").order_by("-pk")]
    if not rows:
        return
    found = paying.arrears(rows)
    values: dict[str, Any] = {ARREARS_STATUS: _STATUS[found.status]}
    if found.fen is not None:
        values[ARREARS_AMOUNT] = found.fen
    workers.services.record(worker, values, source=Source.COMPUTED, by=None, at=at)


_STATUS = {
    paying.Arrears.UNDER_WAY: ArrearsStatus.IN_PROGRESS,
    paying.Arrears.OWED: ArrearsStatus.UNSETTLED,
    paying.Arrears.PAID: ArrearsStatus.SETTLED,
    paying.Arrears.NONE: ArrearsStatus.NONE,
}


def _claim(row: Claimant) -> paying.Claim:
    due = row.claimed_fen if row.verified_fen is None else row.verified_fen
    came = paying.settled(paying.Known(one.fen, one.state) for one in row.payments.all())
    case = row.case
    return paying.Claim(
        ended_at=row.ended_at or case.closed_at,
        elsewhere=case.state in _ELSEWHERE,
        unfounded=row.state == ClaimantState.UNFOUNDED or case.state == CaseState.UNFOUNDED,
        missing_fen=max(due - came, 0),
        # A group that has not named its people has a sum, and nobody one of their own.
        has_own_sum=row.stands_for == 1,
    )


def _locked_employer(case: Case) -> Employer:
    return Employer.objects.select_for_update(of=("self",)).get(pk=case.employer_id)


def _standing(case: Case) -> ArrearsStanding:
    cases = Case.objects.filter(employer=case.employer_id, accepted_at__isnull=False)
    if cases.going_on().exists():
        return ArrearsStanding.OPEN
    if cases.filter(state__in=_ELSEWHERE).exists():
        return ArrearsStanding.OPEN
    return ArrearsStanding.CLEARED if cases.filter(state=CaseState.SETTLED).exists() else ArrearsStanding.NONE
