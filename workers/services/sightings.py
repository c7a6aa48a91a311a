"""Who looked at a worker's information: noted before it is shown, and shown to the worker."""

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import refuse_unless, require
from core.models import AuditEntry

from .. import policies
from ..indicators import BY_CODE, Kind
from ..models import Worker
from .standing import group_of

VIEWED, REVEALED = "workers.view", "workers.reveal"


def note_viewed(worker: Worker, *, by: Any, at: datetime, purpose: str) -> None:
    """Somebody opened the masked information; once per person, purpose and day is enough."""
    midnight = timezone.make_aware(datetime.combine(timezone.localtime(at).date(), time.min))
    today = audit.timeline(worker).filter(verb=VIEWED, actor_id=by.pk, at__gte=midnight, reason=purpose)
    if not policies.is_self(by, worker) and not today.exists():
        audit.record(VIEWED, worker, by=by, at=at, reason=purpose)


def reveal(worker: Worker, code: str, *, reason: str, by: Any, at: datetime) -> str:
    """Open one sealed value for an official. The audit entry is committed before the value is decrypted."""
    require(policies.may_reveal(by, worker), _("你不负责这位农民工所在的区县。"))
    refuse_unless(len(reason.strip()) >= 4, _("请写明查看的理由，本人能看到。"), field="reason")
    indicator = BY_CODE.get(code)
    refuse_unless(indicator is not None and indicator.kind == Kind.SEALED, _("这一项没有被遮盖。"))
    with transaction.atomic():
        audit.record(REVEALED, worker, by=by, at=at, reason=reason.strip()[:200], indicator=indicator.number)
    value = getattr(worker, indicator.column)
    refuse_unless(value is not None, _("系统里没有这项信息。"))
    return value.open()


def seen_by(worker: Worker, *, most: int = 100) -> list[AuditEntry]:
    """Who looked, newest first."""
    return list(_trail(worker).filter(verb__in=[VIEWED, REVEALED]).order_by("-id")[:most])


def timeline_of(worker: Worker, *, most: int = 50) -> list[AuditEntry]:
    """Everything that happened to a worker's row, newest first."""
    return list(_trail(worker).order_by("-id")[:most])


def _trail(worker: Worker) -> QuerySet[AuditEntry]:
    """Of a person with several rows in one, what happened to any of them."""
    rows = [str(pk) for pk in group_of(worker)]
    return AuditEntry.objects.filter(subject_type=audit.subject_type(worker), subject_id__in=rows)
