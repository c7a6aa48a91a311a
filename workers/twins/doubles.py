"""What one person may have only one of, and both rows of a merge have: a paper that waits, a dispute about one value.

What was handed in last goes on, as it would have replaced the other; the other is closed with a sentence that says
why, and opened again when the merge is taken back. Of two updates that one broker waits with, the older lapses: the
broker asks again, and what it said stays the broker's word.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from core import outbox
from core.transitions import move

from ..disputes import filing
from ..models import BrokerUpdate, Dispute, MandateClaim, Merge, UpdateState
from ..services import claims
from ..services.answering import keep_answer

# What a link of such a row notes as changed; `links` hands it back to `reopen`.
COLUMN = "state"
_CLOCKS = {MandateClaim: claims.clock, Dispute: filing.clock}


def close(merge: Merge) -> Iterator[tuple[type[models.Model], int]]:
    """Close the older of each two, and name it. Both persons' rows are locked."""
    sides = (merge.survivor_id, merge.loser_id)
    papers = MandateClaim.objects.waiting().filter(worker__in=sides)
    for older, newer in _doubles(papers.order_by("filed_at", "pk"), "broker_id"):
        why = _("两份登记是同一个人，已经合并，只核对后提交的 {ref}。").format(ref=newer.reference)
        yield MandateClaim, _join(older, "workers.claim_joined", why, merge)
    disputes = Dispute.objects.open().filter(worker__in=sides)
    for older, newer in _doubles(disputes.order_by("filed_at", "pk"), "indicator"):
        why = _("两份登记已经合并，这一项只按后提交的 {ref} 核实。").format(ref=newer.reference)
        yield Dispute, _join(older, "workers.dispute_joined", why, merge)
    updates = BrokerUpdate.objects.filter(worker__in=sides, state=UpdateState.WAITING)
    for older, _newer in _doubles(updates.order_by("made_at", "pk"), "broker_id"):
        move(older, "lapse", by=merge.merged_by, at=merge.merged_at)


def _doubles(rows: models.QuerySet, alike: str) -> Iterator[tuple[Any, Any]]:
    """The older and the newer of each two that are alike; one row of a person never has two."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, alike)].append(row)
    yield from (tuple(two) for two in found.values() if len(two) == 2)


def _join(row: Any, topic: str, why: str, merge: Merge) -> int:
    keep_answer(row, why)
    decided = {"decided_at": merge.merged_at, "decided_by": merge.merged_by} if merge.merged_by else {}
    outbox.put(topic, move(row, "join", by=merge.merged_by, at=merge.merged_at, **decided), at=merge.merged_at)
    return row.pk


def reopen(model: type[models.Model], pk: int, *, by: Any, at: datetime) -> None:
    """Two persons again, each with their own, and the whole time to look at it; unless another waits there by now."""
    row = model._base_manager.filter(pk=pk).first()
    if row is None:
        return
    try:
        with transaction.atomic():
            clock = _CLOCKS[model](at)
            move(row, "reopen", by=by, at=at, decided_at=None, decided_by=None, answer=None, **clock)
    except IntegrityError:
        return
