"""A preview waits for a month at most: what nobody decides is dropped, file and all."""

from datetime import datetime

from core.errors import Refusal
from workers.expiring import WAITS
from workers.feeds import deciding
from workers.models import FeedState

from .models import PayrollFile


def drop_what_nobody_decided(*, at: datetime) -> int:
    """Says how many."""
    done = 0
    for row in PayrollFile.objects.filter(state=FeedState.CHECKED, heartbeat_at__lt=at - WAITS).order_by("pk"):
        try:
            deciding.drop(row, by=None, at=at)
        except Refusal:  # somebody has just decided, or the background is at it
            continue
        done += 1
    return done
