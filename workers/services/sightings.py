"""Who looked at a worker's information: noted before it is shown, and shown to the worker."""

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.locks import queue_for
from core import audit, parameters
from core.calendar import local_day
from core.crypto import blind_index
from core.errors import refuse_unless, require
from core.models import AuditEntry

from .. import policies
from ..indicators import BY_CODE, Kind
from ..models import Worker
from .answering import reason_of
from .standing import group_of

VIEWED, REVEALED = "workers.view", "workers.reveal"
QUOTA = "workers.reveals_per_day"


def note_viewed(worker: Worker, *, by: Any, at: datetime, purpose: str) -> None:
    """Somebody opened the masked information; once per person, purpose and day is enough."""
    today = audit.timeline(worker).filter(verb=VIEWED, actor_id=by.pk, at__gte=_midnight(at), reason=purpose)
    if not policies.is_self(by, worker) and not today.exists():
        audit.record(VIEWED, worker, by=by, at=at, reason=purpose)


def reveal(worker: Worker, code: str, *, reason: str, by: Any, at: datetime) -> str:
    """Open one sealed value for an official. The audit entry is committed before the value is decrypted.

    One official sees a number of values a day: whoever needs a whole list has another purpose, and asks for an export.
    The entries themselves are counted, behind a lock of the official's own.
    """
    require(policies.may_reveal(by, worker), _("你不负责这位农民工所在的区县。"))
    why = reason_of(reason, _("请写明查看的理由，本人能看到。"))
    indicator = BY_CODE.get(code)
    refuse_unless(indicator is not None and indicator.kind == Kind.SEALED, _("这一项没有被遮盖。"))
    with transaction.atomic():
        queue_for(blind_index("attempt:reveal", str(by.pk)))
        _refuse_beyond_quota(by, at)
        audit.record(REVEALED, worker, by=by, at=at, reason=why[:200], indicator=indicator.number)
    value = getattr(worker, indicator.column)
    refuse_unless(value is not None, _("系统里没有这项信息。"))
    return value.open()


def reveals_left(by: Any, *, at: datetime) -> int:
    """How many values this official may still see today."""
    return max(0, _quota(at) - _revealed_today(by, at))


def _refuse_beyond_quota(by: Any, at: datetime) -> None:
    most = _quota(at)
    allowed = _revealed_today(by, at) < most
    refuse_unless(
        allowed, _("今天已经查看了 {n} 次完整号码，到了每天的上限，请明天再查。").format(n=most), field="reason"
    )


def _quota(at: datetime) -> int:
    return parameters.get(QUOTA, on=local_day(at)).number


def _revealed_today(by: Any, at: datetime) -> int:
    return AuditEntry.objects.filter(actor_id=by.pk, verb=REVEALED, at__gte=_midnight(at)).count()


def _midnight(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(local_day(at), time.min))


def seen_by(worker: Worker, *, most: int = 100) -> list[AuditEntry]:
    """Who looked, newest first."""
    return list(trail_of(worker).filter(verb__in=[VIEWED, REVEALED]).order_by("-id")[:most])


def timeline_of(worker: Worker, *, most: int = 50) -> list[AuditEntry]:
    """Everything that happened to a worker's row, newest first."""
    return list(trail_of(worker).order_by("-id")[:most])


def trail_of(worker: Worker) -> QuerySet[AuditEntry]:
    """Of a person with several rows in one, what happened to any of them."""
    rows = [str(pk) for pk in group_of(worker)]
    return AuditEntry.objects.filter(subject_type=audit.subject_type(worker), subject_id__in=rows)
