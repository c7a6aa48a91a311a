"""A broker finds people: their own by name, anybody of the place by a number that the broker was given.

Whoever stands before a broker can say their number; a name finds only those who gave a mandate, because a name plus a
district is how one would go through a city. Each search by a number is counted in a day and on record without what was
typed; a person who was found by it, and gave no mandate, reads it where they see who looked.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.locks import queue_for
from accounts.policies import is_broker
from accounts.querysets import within
from core import audit, parameters
from core.calendar import local_day
from core.crypto import blind_index, normalise
from core.errors import refuse_unless, require
from core.models import AuditEntry

from ..models import Worker

LOOKED_UP, FOUND = "workers.lookup", "workers.found"
QUOTA = "workers.lookups_per_day"
LONGEST = 60
MOST = 30
_SAME_PHONE = 5  # numbers are recycled
ID_NUMBER, PHONE, WORKER_NO = "id_number", "phone", "worker_no"
WORDS = {
    ID_NUMBER: gettext_lazy("按身份证号查找"),
    PHONE: gettext_lazy("按手机号查找"),
    WORKER_NO: gettext_lazy("按编号查找"),
}


@dataclass(frozen=True)
class Found:
    """`own` gave a mandate; `others` are of the broker's place and shown under a mask. `kind` is empty for a name."""

    kind: str
    own: list[Worker]
    others: list[Worker]


def find(typed: str, *, by: Any, at: datetime) -> Found:
    """By ID number, phone or worker number exactly; else by a name among the broker's own people."""
    require(is_broker(by), _("只有劳务经纪人可以这样找人。"))
    text = typed.replace("\0", "").strip()[:LONGEST]
    refuse_unless(bool(text), _("请输入姓名、手机号、身份证号或编号。"), field="q")
    kind, key = key_of(text)
    if kind:
        return _by_key(kind, key, by, at)
    refuse_unless(not any(sign.isdigit() for sign in text), _("号码不完整。请输入全部数字，或者输入姓名。"), field="q")
    own = Worker.objects.visible_to(by).named(text).order_by("pk")
    return Found("", list(own[:MOST]), [])


def key_of(text: str) -> tuple[str, str]:
    """Which number it is and how it is written; empty for what is no whole number."""
    plain = normalise("id_number", text)
    if re.fullmatch(r"\d{17}[\dX]|\d{15}", plain):
        return ID_NUMBER, plain
    if re.fullmatch(r"W\d{9,11}", plain):
        return WORKER_NO, plain
    phone = normalise("phone", text)
    return (PHONE, phone) if re.fullmatch(r"1\d{10}", phone) else ("", "")


@transaction.atomic
def _by_key(kind: str, key: str, by: Any, at: datetime) -> Found:
    spend(kind, by=by, at=at)
    carriers, mine = _carriers(kind, key), Worker.objects.visible_to(by)
    seen = carriers.filter(pk__in=mine.values("pk")) | _local(carriers, by)
    # Of people of elsewhere nothing is read, so that they answer like nobody also in what the answer costs.
    rows = list(seen.order_by("pk")[:_SAME_PHONE])
    own = set(mine.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    others = [row for row in rows if row.pk not in own]
    for row in others:
        audit.record(FOUND, row, by=by, at=at, reason=str(WORDS[kind]))
    return Found(kind, [row for row in rows if row.pk in own], others)


def _carriers(kind: str, key: str) -> QuerySet[Worker]:
    searches = {
        ID_NUMBER: Worker.objects.with_id_number,
        PHONE: Worker.objects.with_mobile,
        WORKER_NO: Worker.objects.with_number,
    }
    return searches[kind](key)


def _local(people: QuerySet[Worker], broker: Any) -> QuerySet[Worker]:
    """Registered or living where the broker works."""
    return within(people, "hukou_division", broker) | within(people, "residence_division", broker)


def spend(kind: str, *, by: Any, at: datetime) -> None:
    """Take one search of the day, found or not. The entries are counted behind a lock of the broker's own."""
    queue_for(blind_index("attempt:lookup", str(by.pk)))
    _refuse_beyond_quota(by, at)
    audit.record(LOOKED_UP, by, by=by, at=at, kind=kind)


def left(by: Any, *, at: datetime) -> int:
    """How many searches by number this broker still has today."""
    return max(0, _quota(at) - _used_today(by, at))


def _refuse_beyond_quota(by: Any, at: datetime) -> None:
    most = _quota(at)
    refuse_unless(
        _used_today(by, at) < most,
        _("今天已经用号码查了 {n} 次，到了每天的上限，请明天再查，或请他带身份证到区县人社窗口。").format(n=most),
        field="q",
    )


def _quota(at: datetime) -> int:
    return parameters.get(QUOTA, on=local_day(at)).number


def _used_today(by: Any, at: datetime) -> int:
    midnight = timezone.make_aware(datetime.combine(local_day(at), time.min))
    return AuditEntry.objects.filter(actor_id=by.pk, verb=LOOKED_UP, at__gte=midnight).count()
