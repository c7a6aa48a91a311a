"""Previews hold values of people, so nobody's preview waits for ever: what nobody decides is dropped, file and all."""

from datetime import datetime, timedelta

from core.errors import Refusal

from .feeds import deciding
from .models import FeedBatch, FeedState, RankChange, RankState
from .ranking import rank_changes

# The portal's own number: by then the department has sent the next file, and what was counted is no longer true.
WAITS = timedelta(days=30)


def drop_what_nobody_decided(*, at: datetime) -> int:
    """Files and changes of ranks whose preview has waited too long; says how many."""
    before, done = at - WAITS, 0
    checked = FeedBatch.objects.filter(state=FeedState.CHECKED, heartbeat_at__lt=before)
    weighed = RankChange.objects.filter(state=RankState.WEIGHED, heartbeat_at__lt=before)
    for drop, rows in ((deciding.drop, checked), (rank_changes.expire, weighed)):
        for row in rows.order_by("pk"):
            try:
                drop(row, by=None, at=at)
            except Refusal:  # somebody has just decided, or the background is at it
                continue
            done += 1
    return done
