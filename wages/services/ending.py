"""The ways an investigated case ends; each with a letter, its ground and an end time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import outbox
from core.calendar import local_day
from core.errors import refuse_unless
from core.transitions import move

from ..enums import INVESTIGATED, DocumentKind
from ..flow import CASE_FLOW
from ..models import Case
from ..terms import OURS
from . import _links, _timers, police
from ._letters import issue
from ._rights import in_charge
from .inspectors import require_two


def _end(case: Case, verb: str, kind: DocumentKind, *, by: Any, at: datetime, note: str, reason: str = "") -> Case:
    case = in_charge(case, by)
    if case.state in INVESTIGATED and CASE_FLOW.allows(verb, case.state):
        require_two(case)
    case = move(case, verb, by=by, at=at, reason=reason, closed_at=at)
    issue(case, kind, by=by, at=at, text=note)
    _timers.stop(case, *OURS, on=local_day(at))
    _links.case_ended(case, by=by, at=at)
    outbox.put("wages.closed", case, at=at)
    return case


@transaction.atomic
def settle(case: Case, *, by: Any, at: datetime, note: str = "") -> Case:
    """Paid: closed once the complainant confirmed, or with a reason why that was not to be had."""
    refuse_unless(
        bool(case.payment_confirmed_at or note),
        _("投诉人还没有确认收到工资。请写明为什么仍可办结，例如已核对银行流水。"),
        field="note",
    )
    reason = _("本人已确认收到") if case.payment_confirmed_at else _("凭支付凭证办结")
    return _end(case, "settle", DocumentKind.SETTLED, by=by, at=at, note=note, reason=reason)


@transaction.atomic
def close_unfounded(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """No arrears were found."""
    return _end(case, "close_unfounded", DocumentKind.UNFOUNDED, by=by, at=at, note=note)


@transaction.atomic
def close_project_dispute(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """The money is for works, not wages (724号令 art. 52)."""
    return _end(case, "close_project_dispute", DocumentKind.PROJECT_DISPUTE, by=by, at=at, note=note)


@transaction.atomic
def revoke(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """Minor and put right (监察条例 art. 18)."""
    return _end(case, "revoke", DocumentKind.REVOKED, by=by, at=at, note=note)


@transaction.atomic
def refer_police(case: Case, *, by: Any, at: datetime, note: str, station: str = "") -> Case:
    """Ordered to pay, time over, not paid (刑法 276-1; 724号令 art. 41)."""
    case = in_charge(case, by)  # as it is now: the day may have been set since the page was opened
    refuse_unless(
        bool(case.pay_by and case.pay_by < local_day(at)), _("责令支付的限期还没有过，不能移送。"), field="note"
    )
    case = _end(case, "refer_police", DocumentKind.POLICE, by=by, at=at, note=note)
    police.note_sent(case, by=by, at=at, station=station)
    return case
