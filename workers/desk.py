"""What of the registry waits for an official, for the first screen: how many, where, and the nearest deadline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from core.calendar import local_day
from core.pagination import estimate

from .expiring import WAITS
from .models import (
    Dispute,
    ErasureRequest,
    FeedBatch,
    FeedState,
    MandateClaim,
    RankChange,
    RankState,
    TwinPair,
    TwinState,
)


@dataclass(frozen=True)
class Waiting:
    """One list: its words, the name of its address and what to add to it; `exact` is false for an estimate."""

    word: str
    list: str
    number: int
    nearest: date | None = None
    query: str = ""
    exact: bool = True


def waiting(user: Any) -> list[Waiting]:
    """Everything of which this person may do something, or that an auditor may see; nothing that is empty."""
    return [one for one in (*_with_deadlines(user), *_previews(user), *_twins(user)) if one.number]


def _with_deadlines(user: Any) -> Iterator[Waiting]:
    """Each is read from an index by state and last day."""
    for rows, word, name in (
        (Dispute.objects.visible_to(user).open(), _("更正申请"), "dispute"),
        (
            ErasureRequest.objects.visible_to(user).open().exclude(proposed_by=user),
            _("删除申请"),
            "erasurerequest",
        ),
        (MandateClaim.objects.visible_to(user).waiting(), _("纸质委托待核对"), "mandateclaim"),
    ):
        found = rows.aggregate(number=Count("pk"), nearest=Min("due_on"))
        yield Waiting(word, f"admin:workers_{name}_changelist", found["number"], found["nearest"])


def _previews(user: Any) -> Iterator[Waiting]:
    """What was counted and waits for the city's word; what waits too long is dropped."""
    for rows, word, name in (
        (FeedBatch.objects.filter(state=FeedState.CHECKED), _("部门数据待确认"), "feedbatch"),
        (RankChange.objects.filter(state=RankState.WEIGHED), _("优先级改动待确认"), "precedence"),
    ):
        found = rows.visible_to(user).aggregate(number=Count("pk"), oldest=Min("heartbeat_at"))
        yield Waiting(word, f"admin:workers_{name}_changelist", found["number"], _last_day(found["oldest"]))


def _last_day(oldest: datetime | None) -> date | None:
    return local_day(oldest + WAITS) if oldest else None


def _twins(user: Any) -> Iterator[Waiting]:
    """A queue that may hold hundreds of thousands after a search; second looks are few, and never at one's own."""
    pairs = TwinPair.objects.visible_to(user)
    for state, word in ((TwinState.SAME, _("合并待复核")), (TwinState.PARTING, _("撤销合并待复核"))):
        number = pairs.filter(state=state).exclude(decided_by=user).count()
        yield Waiting(word, "admin:workers_twinpair_changelist", number, query=f"?state={state}")
    found = estimate(pairs.filter(state=TwinState.OPEN))
    yield Waiting(_("疑似重复登记"), "admin:workers_twinpair_changelist", found.number, exact=found.exact)
