"""Five working days: accept, ask for supplements, transfer, refuse in writing, or point to arbitration."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core import outbox
from core.calendar import local_day
from core.transitions import move

from .. import law
from ..enums import DocumentKind, OtherRoute, TransferTarget
from ..models import Case
from ..offices import office_of
from ..terms import ClockKind
from . import _clocks, _links, _timers, transferring
from ._letters import issue
from ._rights import in_charge, to_take_up
from .arbitration import begin


@transaction.atomic
def accept(case: Case, *, by: Any, at: datetime, note: str = "") -> Case:
    """Accept and file on the same day (实施规定 art. 18); the 60 working days begin."""
    case = to_take_up(case, by)
    clock = _clocks.to_close(local_day(at))
    taken = {} if case.assignee_id else {"assignee": by}
    case = move(case, "accept", by=by, at=at, accepted_at=at, accepted_by=by, **clock.columns, **taken)
    issue(case, DocumentKind.ACCEPTED, by=by, at=at, text=note, rule=clock.rule)
    _answered(case, at)
    _links.arrears_found(case, by=by, at=at)
    outbox.put("wages.accepted", case, at=at)
    return case


@transaction.atomic
def request_supplement(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """Say what is missing; the clock of acceptance stops (实施规定 art. 18)."""
    case = in_charge(case, by)
    case = move(case, "request_supplement", by=by, at=at, supplement_asked_at=at)
    issue(case, DocumentKind.SUPPLEMENT, by=by, at=at, text=note)
    _answered(case, at)
    outbox.put("wages.supplement_requested", case, at=at)
    return case


@transaction.atomic
def transfer(case: Case, *, by: Any, at: datetime, target: str, note: str = "") -> Case:
    """Pass it to another authority, which tells the complainant the result (724号令 art. 10). It ends here."""
    case = in_charge(case, by)
    label = str(TransferTarget(target).label)
    case = move(case, "transfer", by=by, at=at, reason=label, transfer_target=label, closed_at=at)
    transferring.sent(case, target=label, at=at)
    issue(case, DocumentKind.TRANSFER, by=by, at=at, ground=label, text=note)
    _answered(case, at)
    outbox.put("wages.transferred", case, at=at)
    return case


@transaction.atomic
def refuse(case: Case, *, by: Any, at: datetime, ground: str, note: str = "") -> Case:
    """Do not accept, in writing and with the ground (实施规定 art. 18)."""
    case = to_take_up(case, by)
    label = law.grounds(local_day(at))[ground]
    case = move(case, "refuse", by=by, at=at, reason=label, closed_at=at)
    rule = _clocks.to_accept(local_day(case.submitted_at)).rule
    issue(case, DocumentKind.NOT_ACCEPTED, by=by, at=at, ground=label, text=note, rule=rule)
    _answered(case, at)
    outbox.put("wages.refused", case, at=at)
    return case


@transaction.atomic
def refer_arbitration(
    case: Case, *, by: Any, at: datetime, note: str = "", commission: str = "", fast: bool = False
) -> Case:
    """The same matter is, or belongs, in arbitration or court (监察条例 art. 21)."""
    case = in_charge(case, by)
    case = move(case, "refer_arbitration", by=by, at=at, closed_at=at)
    begin(case, at=at, commission=commission or office_of(case.division).arbitration, fast=fast)
    issue(case, DocumentKind.ARBITRATION, by=by, at=at, ground=str(OtherRoute(case.other_route).label), text=note)
    _answered(case, at)
    _links.case_ended(case, by=by, at=at)
    outbox.put("wages.closed", case, at=at)
    return case


def _answered(case: Case, at: datetime) -> None:
    """Whoever has an answer in writing has been spoken to."""
    _timers.stop(case, ClockKind.CONTACT, on=local_day(at))
