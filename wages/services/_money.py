"""What every act about a payment shares: the locks in their one order, and the sums and the case's state after it.

The case is locked first, then the person, then the payment; so the acts on one case follow one another, and two that
meet are judged by what the first one left.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core import outbox
from core.calendar import local_day
from core.errors import Refusal
from core.transitions import move

from .. import paying
from ..enums import CLAIM_ENDED, CaseState, ClaimantState, PaymentState
from ..flow import CASE_FLOW
from ..models import Case, Claimant, Payment
from ..terms import ClockKind
from . import _timers, totals


def hold(payment: Payment) -> tuple[Case, Claimant, Payment]:
    """The three as they are now, locked to the end of the transaction."""
    case, person = hold_person(payment.claimant_id)
    return case, person, lock_payment(payment.pk)


def hold_person(pk: int) -> tuple[Case, Claimant]:
    """The case and the person, locked; a case that was joined to another meanwhile gives way to that one."""
    for _try in range(3):
        case = totals.lock_people(Case(pk=Claimant.objects.values_list("case_id", flat=True).get(pk=pk)))
        person = lock_person(pk)
        if person.case_id == case.pk:
            return case, person
    raise Refusal(_("案件刚刚有了变化，请刷新后再看。"))


def lock_person(pk: int) -> Claimant:
    return Claimant.objects.select_for_update(of=("self",)).get(pk=pk)


def lock_payment(pk: int) -> Payment:
    return Payment.objects.select_for_update(of=("self",)).get(pk=pk)


def reckon_people(people: Iterable[Claimant], *, at: datetime) -> list[Claimant]:
    """Write sum and standing of these people anew from their payments. The caller holds them."""
    rows = list(people)
    known: dict[int, list[paying.Known]] = {row.pk: [] for row in rows}
    of_them = Payment.objects.filter(claimant__in=known).order_by("recorded_at", "pk")
    for claimant, fen, state in of_them.values_list("claimant_id", "fen", "state"):
        known[claimant].append(paying.Known(fen, state))
    for row in rows:
        row.paid_fen = paying.paid(known[row.pk])
        if row.state not in CLAIM_ENDED:
            row.state = paying.standing(row.verified_fen, row.claimed_fen, known[row.pk])
    Claimant.objects.bulk_update(rows, ["paid_fen", "state"])
    tell_registry(rows, at=at)
    return rows


def follow(case: Case, *, by: Any, at: datetime) -> Case:
    """The case's sums, and its state after its people: paid when all of them are, and no longer when one is not."""
    before = totals.lock_people(case)
    totals.reckon(case)
    living = Claimant.objects.filter(case=case.pk).live()
    waiting = Payment.objects.filter(claimant__in=living.values("pk"), state=PaymentState.RECORDED).count()
    Case.objects.filter(pk=case.pk).update(unanswered_now=waiting)
    fresh = Case.objects.get(pk=case.pk)
    all_paid = living.exists() and not living.exclude(state=ClaimantState.PAID).exists()
    if all_paid and CASE_FLOW.allows("all_paid", fresh.state):
        _timers.stop(fresh, ClockKind.DECISION, on=local_day(at))
        fresh = move(fresh, "all_paid", by=by, at=at, paid_at=at)
    elif not all_paid and fresh.state == CaseState.PAID:
        fresh = move(fresh, "not_all_paid", by=by, at=at, paid_at=None)
    if _may_settle(fresh) and not _may_settle(before):
        outbox.put("wages.all_confirmed", fresh, at=at)
    return fresh


def _may_settle(case: Case) -> bool:
    return case.state == CaseState.PAID and not case.unanswered_now


def tell_registry(people: Iterable[Claimant], *, at: datetime) -> None:
    """The registry's indicators follow behind the outbox: a hundred people are not written while somebody waits."""
    for person in people:
        if person.worker_id is not None:
            outbox.put("wages.person_follows", person, at=at)
