"""The official's side: read it, then take the value over, say no with a reason, or pass it on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.policies import is_official
from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless, require
from core.transitions import move

from .. import policies
from ..enums import Source
from ..models import Dispute
from ..services.answering import keep_answer, reason_of, refuse_request
from ..services.locking import hold
from ..services.recording import record
from ..services.sightings import note_viewed
from ..texts import columns_from
from .filing import BY_NUMBER, office_of


def may_decide(user: Any, dispute: Dispute) -> bool:
    """An official of the district, but nobody about themselves."""
    return is_official(user) and user.covers(dispute.district) and not policies.is_about(user, dispute.worker)


@transaction.atomic
def note_reading(dispute: Dispute, *, by: Any, at: datetime) -> None:
    """An official opens what the worker wrote; the worker sees it where they see who looked."""
    require(may_decide(by, dispute), _("这份申请不归你办理。"))
    label = BY_NUMBER[dispute.indicator].label
    note_viewed(dispute.worker, by=by, at=at, purpose=_("办理更正申请：{label}").format(label=label))


@transaction.atomic
def take(dispute: Dispute, *, by: Any, at: datetime, reason: str = "") -> Dispute:
    """The worker is right: the department states the new value, today, by this official.

    Refused where the value would not stand, because another department's word weighs more for it.
    """
    fresh = _held(dispute, by)
    moved = move(fresh, "take", by=by, at=at, decided_at=at, decided_by=by)  # the reason rests sealed, as the answer
    indicator = BY_NUMBER[moved.indicator]
    stated = dict(columns_from(indicator, moved.claimed.open() if moved.claimed else ""))
    source = Source(moved.department)
    heard = record(moved.worker, {indicator.code: stated}, source=source, by=by, at=at, observed_on=local_day(at))
    refuse_unless(
        indicator.code not in heard.kept,
        _("{department}的说法对这一项分量不够，采纳了也不会显示。请转交{owner}。").format(
            department=source.label, owner=indicator.department.label
        ),
    )
    if reason.strip():
        keep_answer(moved, reason.strip())
    outbox.put("workers.dispute_taken", moved, at=at)
    return moved


@transaction.atomic
def refuse(dispute: Dispute, *, by: Any, at: datetime, reason: str) -> Dispute:
    """The value stays, and the worker is told why and where to go on (PIPL art. 50)."""
    why = reason_of(reason)
    return refuse_request(_held(dispute, by), why, topic="workers.dispute_refused", by=by, at=at)


@transaction.atomic
def pass_on(dispute: Dispute, *, department: Source, by: Any, at: datetime, reason: str) -> Dispute:
    """Another department answers for it, perhaps in another district. The clock runs on: one answer is waited for."""
    why = reason_of(reason)
    fresh = _held(dispute, by)
    target = Source(department)
    refuse_unless(target.is_department and target != fresh.department, _("请选择另一个部门。"), field="department")
    place = office_of(fresh.worker, target)
    moved = move(fresh, "pass_on", by=by, at=at, reason=why, department=target, district=place)
    last = audit.timeline(moved).filter(verb="pass_on").last()
    outbox.put("workers.dispute_passed_on", moved, at=at, step=last.pk)
    return moved


def _held(dispute: Dispute, by: Any) -> Dispute:
    """The row as it is now, held until the end, if this official may decide about it.

    The person first, as every writer of the registry does, then the dispute.
    """
    hold(dispute.worker)
    fresh = Dispute.objects.select_for_update(of=("self",)).select_related("worker").get(pk=dispute.pk)
    require(not policies.is_about(by, fresh.worker), _("这是你自己的申请，须由别的工作人员办理。"))
    require(may_decide(by, fresh), _("只能办理本辖区的申请。"))
    return fresh
