"""Between filing and the end: assign, investigate, order to pay, step aside."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless
from core.transitions import move

from .. import policies
from ..enums import OPEN, DocumentKind
from ..models import Case, Recusal
from ..terms import ClockKind
from . import _timers
from ._letters import issue
from ._rights import concerned, in_charge
from .inspectors import check_second, require_two, step_down


@transaction.atomic
def assign(case: Case, *, to: Any, by: Any, at: datetime) -> Case:
    """Give an open case to an official who could decide it."""
    seen, case = case.assignee_id, in_charge(case, by)
    refuse_unless(policies.may_be_assigned(to, case), _("{name}不能承办这起案件。").format(name=to))
    refuse_unless(case.assignee_id != to.pk, _("这起案件已经由{name}承办。").format(name=to))
    unchanged = case.state in OPEN and case.assignee_id == seen
    refuse_unless(unchanged, _("这起案件已办结，或刚刚被别人分派，请刷新后再看。"))
    both = case.second_inspector_id == to.pk
    refuse_unless(not both, _("{name}是本案的另一名监察员，两名监察员不能是同一个人。").format(name=to))
    Case.objects.filter(pk=case.pk).update(assignee=to)
    audit.record("assign", case, by=by, at=at, reason=str(to), assignee=to.pk)
    outbox.put("wages.assigned", case, at=at, official=to.pk)
    return Case.objects.get(pk=case.pk)


@transaction.atomic
def investigate(case: Case, *, by: Any, at: datetime, second_inspector: Any) -> Case:
    """Begin with at least two inspectors (监察条例 art. 16); who begins an unassigned case is the first."""
    case = in_charge(case, by)
    check_second(case, second_inspector, first=case.assignee_id or by.pk)
    taken = {} if case.assignee_id else {"assignee": by}
    case = move(case, "investigate", by=by, at=at, second_inspector=second_inspector, **taken)
    audit.record("name_inspector", case, by=by, at=at, reason=str(second_inspector), inspector=second_inspector.pk)
    outbox.put("wages.inspector_named", case, at=at, official=second_inspector.pk)
    outbox.put("wages.investigating", case, at=at)
    return case


@transaction.atomic
def order(case: Case, *, by: Any, at: datetime, amount_fen: int, pay_by: date, note: str = "") -> Case:
    """Order the employer to pay by a day (监察条例 art. 18, 26)."""
    case = in_charge(case, by)
    refuse_unless(pay_by > local_day(at), _("限期支付日应在今天之后。"), field="pay_by")
    require_two(case)
    case = move(case, "order", by=by, at=at, pay_by=pay_by)
    _timers.stop(case, ClockKind.DECISION, on=local_day(at))
    letter = issue(case, DocumentKind.ORDER, by=by, at=at, text=note, amount_fen=amount_fen)
    Case.objects.filter(pk=case.pk).update(order_number=letter.number)
    outbox.put("wages.ordered", case, at=at)
    return Case.objects.get(pk=case.pk)


@transaction.atomic
def recuse(case: Case, *, by: Any, at: datetime, reason: str) -> Recusal:
    """Step aside (监察条例 art. 16): what one had in hand is unassigned, an inspector's place empty."""
    case = concerned(case, by)
    row, _new = Recusal.objects.get_or_create(case=case, official=by, defaults={"reason": reason, "at": at})
    step_down(case, by, at=at)
    audit.record("recuse", case, by=by, at=at, reason=reason)
    return row
