"""One official proposes, another approves: the extension and the administrative decision."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require
from core.transitions import move

from .. import law, policies
from ..enums import UNDER_WAY, ApprovalKind, DocumentKind
from ..flow import CASE_FLOW
from ..models import Approval, Case
from ..terms import ClockKind
from . import _clocks, _timers
from ._letters import issue
from ._rights import in_charge
from .inspectors import require_two


def _propose(case: Case, kind: ApprovalKind, *, by: Any, at: datetime, reason: str, **facts: Any) -> Approval:
    case = in_charge(case, by)
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                case=case,
                kind=kind,
                reason=reason,
                proposed_at=at,
                proposed_by=by,
                deadline_before=case.close_by,
                **facts,
            )
    except IntegrityError as error:
        raise Refusal(_("已有一份同样的审批等待处理。")) from error
    audit.record(f"propose_{kind}", case, by=by, at=at, approval=approval.pk)
    outbox.put("wages.approval_asked", case, at=at, approval=approval.pk)
    return approval


@transaction.atomic
def propose_extension(case: Case, *, by: Any, at: datetime, reason: str) -> Approval:
    """Ask the head for 30 more working days, while the first 60 still run (监察条例 art. 17)."""
    refuse_unless(case.state in UNDER_WAY, _("只有已立案、未办结的案件可以延长。"))
    refuse_unless(case.extended_at is None, _("办理期限只能延长一次。"))
    refuse_unless(local_day(at) <= case.close_by, _("原期限已过，不能再延长。"))
    return _propose(case, ApprovalKind.EXTENSION, by=by, at=at, reason=reason)


@transaction.atomic
def propose_decision(
    case: Case, *, by: Any, at: datetime, reason: str, amount_fen: int, extra_percent: int | None = None
) -> Approval:
    """Draft an administrative decision for another official to sign; the extra pay keeps within the law's range."""
    refuse_unless(CASE_FLOW.allows("decide", case.state), _("现在的状态不能作出处理决定。"))
    require_two(case)
    extra = law.extra_pay(local_day(at))
    refuse_unless(
        extra_percent is None or extra.least <= extra_percent <= extra.most,
        _("加付赔偿金应为 {least}% 到 {most}%（监察条例第二十六条）。").format(least=extra.least, most=extra.most),
        field="extra_percent",
    )
    return _propose(
        case,
        ApprovalKind.DECISION,
        by=by,
        at=at,
        reason=reason,
        amount_fen=amount_fen,
        extra_percent=extra_percent,
    )


@transaction.atomic
def approve(approval: Approval, *, by: Any, at: datetime) -> Approval:
    """Sign what a colleague proposed; its effect happens in the same transaction."""
    approval.case = Case.objects.select_for_update().get(pk=approval.case_id)
    require(policies.may_approve(by, approval), _("提出人不能批准自己提出的事项；请由另一名有管辖权的工作人员审批。"))
    day, changes = local_day(at), {}
    if approval.kind == ApprovalKind.EXTENSION:
        # The last day as it is now: a changed calendar may have moved it since this was proposed.
        changes = {"deadline_before": approval.case.close_by}
        refuse_unless(day <= approval.case.close_by, _("原期限已过，不能再延长。"))
    approval = move(approval, "approve", by=by, at=at, decided_at=at, decided_on=day, decided_by=by, **changes)
    _EFFECTS[approval.kind](approval, by, at)
    return approval


@transaction.atomic
def reject(approval: Approval, *, by: Any, at: datetime, reason: str) -> Approval:
    """Send a proposal back."""
    require(policies.may_approve(by, approval), _("提出人不能审批自己提出的事项。"))
    approval = move(approval, "reject", by=by, at=at, decided_at=at, decided_on=local_day(at), decided_by=by)
    audit.record(f"reject_{approval.kind}", approval.case, by=by, at=at, reason=reason)
    return approval


def _extend(approval: Approval, by: Any, at: datetime) -> None:
    case = approval.case
    clock = _clocks.after_extension(case, local_day(at))
    fresh = Case.objects.filter(pk=case.pk, state__in=UNDER_WAY, extended_at__isnull=True)
    if not fresh.update(extended_at=at, **clock.columns):
        raise Refusal(_("案件已办结或已延长过，这份审批没有生效。"))
    case.refresh_from_db()
    audit.record("extend", case, by=by, at=at, approval=approval.pk, rule=clock.rule)
    issue(case, DocumentKind.EXTENSION, by=by, at=at, rule=clock.rule)
    outbox.put("wages.extended", case, at=at)


def _decide(approval: Approval, by: Any, at: datetime) -> None:
    case = Case.objects.select_for_update().get(pk=approval.case_id)
    require_two(case)
    case = move(case, "decide", by=by, at=at)
    _timers.stop(case, ClockKind.DECISION, on=local_day(at))
    extra = law.extra_pay(local_day(approval.proposed_at)).rule if approval.extra_percent else ""
    issue(
        case,
        DocumentKind.DECISION,
        by=by,
        at=at,
        text=approval.reason,
        rule=extra,
        amount_fen=approval.amount_fen,
        extra_percent=approval.extra_percent,
    )
    outbox.put("wages.decided", case, at=at)


_EFFECTS = {ApprovalKind.EXTENSION: _extend, ApprovalKind.DECISION: _decide}
