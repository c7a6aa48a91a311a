"""What officials find out about one person of a case, without touching the others; the case's sums follow."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import refuse_unless

from ..enums import CLAIM_ENDED, OPEN, ClaimantState
from ..models import Case, Claimant
from . import _money
from ._rights import in_charge


def _held(claimant: Claimant, by: Any) -> tuple[Case, Claimant]:
    """The case and the person as they are now, locked in this order. Only a person who counts can be judged."""
    case = in_charge(Case.objects.get(pk=claimant.case_id), by)
    fresh = Claimant.objects.select_for_update(of=("self",)).get(pk=claimant.pk)
    refuse_unless(fresh.case_id == case.pk, _("这个人刚刚转到了另一起案件，请刷新后再看。"))
    refuse_unless(case.state in OPEN, _("案件已结束。"))
    refuse_unless(fresh.double_of_id is None, _("这个人已登记在另一行，请在那里核实。"))
    return case, fresh


def standing(verified_fen: int | None, claimed_fen: int, paid_fen: int) -> ClaimantState:
    """Where a live claim stands, from its money alone. Nothing found to be owed is 查无欠薪 and is said as such."""
    due = claimed_fen if verified_fen is None else verified_fen
    if paid_fen and paid_fen >= due:
        return ClaimantState.PAID
    if paid_fen:
        return ClaimantState.PARTLY_PAID
    return ClaimantState.CLAIMED if verified_fen is None else ClaimantState.VERIFIED


@transaction.atomic
def verify_person(
    claimant: Claimant, *, by: Any, at: datetime, verified_fen: int, reason: str, seen_fen: int | None = None
) -> Claimant:
    """Set what is owed to this person by what was found. `seen_fen` is the sum that the official had before them:
    who comes second is told what the first wrote instead of overwriting it unseen."""
    case, fresh = _held(claimant, by)
    refuse_unless(fresh.state not in CLAIM_ENDED, _("这个人的投诉已结束，请先恢复。"))
    refuse_unless(verified_fen > 0, _("没有欠薪的，请用“查无欠薪”。"), field="verified_fen")
    refuse_unless(
        fresh.verified_fen == seen_fen,
        _("刚刚有人把这个人的金额核实为 {sum} 元。你的没有写入，请看过再改。").format(
            sum=_yuan(fresh.verified_fen),
        ),
    )
    before = fresh.verified_fen
    state = standing(verified_fen, fresh.claimed_fen, fresh.paid_fen)
    if fresh.state == ClaimantState.NOT_RECEIVED and state != ClaimantState.PAID:
        state = ClaimantState.NOT_RECEIVED
    Claimant.objects.filter(pk=fresh.pk).update(verified_fen=verified_fen, state=state)
    _note("verify_person", case, fresh, by=by, at=at, reason=reason, from_fen=before, to_fen=verified_fen)
    _money.follow(case, by=by, at=at)
    outbox.put("wages.person_verified", case, at=at, claimant=fresh.pk)
    return Claimant.objects.get(pk=fresh.pk)


@transaction.atomic
def end_person(claimant: Claimant, *, by: Any, at: datetime, state: str, reason: str) -> Claimant:
    """Withdrawn by the person, or unfounded: this claim ends, the others go on."""
    case, fresh = _held(claimant, by)
    refuse_unless(state in CLAIM_ENDED, _("请选一种结果。"), field="state")
    refuse_unless(fresh.state not in CLAIM_ENDED, _("这个人的投诉已经结束。"))
    refuse_unless(not fresh.paid_fen, _("已经付过钱的，不能这样结束。"))
    Claimant.objects.filter(pk=fresh.pk).update(state=state, ended_at=at)
    _note("end_person", case, fresh, by=by, at=at, reason=reason, state=str(state))
    _money.follow(case, by=by, at=at)
    outbox.put("wages.person_ended", case, at=at, claimant=fresh.pk)
    return Claimant.objects.get(pk=fresh.pk)


@transaction.atomic
def resume_person(claimant: Claimant, *, by: Any, at: datetime, reason: str) -> Claimant:
    """Take up again what was ended by mistake."""
    case, fresh = _held(claimant, by)
    refuse_unless(fresh.state in CLAIM_ENDED, _("这个人的投诉没有结束。"))
    state = standing(fresh.verified_fen, fresh.claimed_fen, fresh.paid_fen)
    Claimant.objects.filter(pk=fresh.pk).update(state=state, ended_at=None)
    _note("resume_person", case, fresh, by=by, at=at, reason=reason)
    _money.follow(case, by=by, at=at)
    outbox.put("wages.person_resumed", case, at=at, claimant=fresh.pk)
    return Claimant.objects.get(pk=fresh.pk)


def _yuan(fen: int | None) -> str:
    return "—" if fen is None else f"{fen / 100:,.2f}"


def _note(verb: str, case: Case, person: Claimant, *, by: Any, at: datetime, reason: str, **data: Any) -> None:
    audit.record(verb, case, by=by, at=at, reason=reason, claimant=person.pk, place=person.place, **data)
    _money.tell_registry([person], at=at)
