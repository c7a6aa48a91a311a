"""To the court for enforcement: first the demand, then the waiting, then three months (行政强制法 art. 53–54)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless
from core.templatetags.ui import cn_date
from core.transitions import move

from .. import deadlines
from ..enums import CaseState
from ..models import Case, Enforcement
from ..terms import ClockKind, term
from . import _timers
from ._rights import in_charge


@transaction.atomic
def demand(case: Case, *, by: Any, at: datetime, served_on: date, demanded_on: date) -> Enforcement:
    """The employer neither paid nor went to court, and was called upon once more (催告).

    The court may be asked once the ten days of the demand and the time for suing the decision are both over, and for
    three months from the end of the latter.
    """
    case, day = in_charge(case, by), local_day(at)
    refuse_unless(case.state == CaseState.DECISION, _("作出处理决定以后才能催告。"))
    refuse_unless(not Enforcement.objects.filter(case=case).exists(), _("已经催告过了。"))
    refuse_unless(served_on <= demanded_on <= day, _("催告书在处理决定之后送达，不晚于今天。"), field="demanded_on")
    suit = deadlines.last_day(term("suit_against_decision", on=served_on).since(served_on)).day
    waiting = _timers.start(case, ClockKind.DEMAND, demanded_on)
    court = _timers.start(case, ClockKind.COURT, suit, length=term(ClockKind.COURT, on=day))
    row = Enforcement.objects.create(
        case=case,
        served_on=served_on,
        demanded_on=demanded_on,
        suit_until=suit,
        not_before=max(waiting.due_on, suit) + timedelta(days=1),
        apply_by=court.due_on,
    )
    audit.record("demand", case, by=by, at=at, not_before=row.not_before.isoformat())
    outbox.put("wages.demanded", case, at=at)
    return row


@transaction.atomic
def enforce(case: Case, *, by: Any, at: datetime, court: str, late_reason: str = "") -> Case:
    """Apply to the court for enforcement (724号令 art. 42)."""
    case, day = in_charge(case, by), local_day(at)
    row = Enforcement.objects.filter(case=case).first()
    refuse_unless(row is not None or case.state != CaseState.DECISION, _("申请前应先催告（行政强制法第五十四条）。"))
    case = move(case, "enforce", by=by, at=at, reason=court)
    early = _("催告期和复议、起诉期限都过了才能申请，最早 {day}（行政强制法第五十三、五十四条）。")
    refuse_unless(day >= row.not_before, early.format(day=cn_date(row.not_before)), field="court")
    late = _("最迟应在 {day} 申请。逾期申请要写明正当理由。").format(day=cn_date(row.apply_by))
    refuse_unless(day <= row.apply_by or bool(late_reason), late, field="late_reason")
    Enforcement.objects.filter(pk=row.pk).update(applied_on=day, court=court, late_reason=late_reason)
    _timers.stop(case, ClockKind.DEMAND, ClockKind.COURT, on=day)
    outbox.put("wages.enforced", case, at=at)
    return case
