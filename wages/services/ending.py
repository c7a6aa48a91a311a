"""The ways an investigated case ends; each with a letter, its ground and an end time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import outbox
from core.calendar import local_day
from core.errors import refuse_unless
from core.transitions import move

from ..enums import COUNTED, INVESTIGATED, ClaimantState, DocumentKind, PaymentState
from ..flow import CASE_FLOW
from ..models import Case, Claimant, Payment
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
    """Paid: every living claim is, and everybody said so, or silence did for them; nothing else ends a case so."""
    case = in_charge(case, by)
    waiting = _("还有 {n} 笔付款等本人确认，不能付清办结。").format(n=case.unanswered_now)
    refuse_unless(case.unanswered_now == 0, waiting)
    said = Payment.objects.filter(claimant__case=case.pk, state__in=COUNTED)
    presumed = said.filter(state=PaymentState.PRESUMED).count()
    reason = _("本人已确认收到") if not presumed else _("已全部付清，其中 {n} 笔逾期未答视为收到").format(n=presumed)
    return _end(case, "settle", DocumentKind.SETTLED, by=by, at=at, note=note, reason=reason)


@transaction.atomic
def close_unfounded(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """No arrears were found. Where somebody was paid, there were some."""
    paid = Payment.objects.filter(claimant__case=case.pk, claimant__double_of__isnull=True, state__in=COUNTED)
    refuse_unless(not paid.exists(), _("已登记过付款，不能按查无欠薪办结。"), field="note")
    return _end(case, "close_unfounded", DocumentKind.UNFOUNDED, by=by, at=at, note=note)


@transaction.atomic
def close_project_dispute(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """The money is for works, not wages (724号令 art. 52)."""
    return _end(case, "close_project_dispute", DocumentKind.PROJECT_DISPUTE, by=by, at=at, note=note)


@transaction.atomic
def revoke(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """Minor and put right (监察条例 art. 18): not while somebody says that the money never came."""
    denied = Claimant.objects.filter(case=case.pk, state=ClaimantState.NOT_RECEIVED).live()
    refuse_unless(not denied.exists(), _("还有人说没收到钱，不能撤销立案。"), field="note")
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
