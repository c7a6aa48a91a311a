"""Celery entries of the registry; thin, and safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.db import connection
from django.utils import timezone

from . import expiring
from .feeds import running
from .ranking import rank_changes
from .twins.detecting import find_twins as search_for_twins

LONGEST_SECONDS = 3 * 3600
AHEAD = timedelta(days=400)


@shared_task(name="workers.run_feed", soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def run_feed(batch_id: int) -> None:
    """Check, write or take back one department file, whatever it waits for."""
    running.run(batch_id, now=timezone.now)


@shared_task(name="workers.run_rank_change", soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def run_rank_change(change_id: int) -> None:
    """Weigh or write one change of how much sources count."""
    rank_changes.run(change_id, now=timezone.now)


@shared_task(name="workers.take_up_feeds")
def take_up_feeds() -> None:
    """Files, and changes of ranks, whose process was killed or that waited for another file to be written."""
    for batch_id in running.waiting():
        run_feed.delay(batch_id)
    for change_id in rank_changes.waiting():
        run_rank_change.delay(change_id)


@shared_task(name="workers.drop_old_previews")
def drop_old_previews() -> int:
    """Files and changes of ranks that nobody decided about for a month go, with the values of people in them."""
    return expiring.drop_what_nobody_decided(at=timezone.now())


@shared_task(name="workers.make_quarters")
def make_quarters() -> int:
    """Partitions for the statements of the coming year; says how many were made."""
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT workers_statement_quarters(%s, %s)", [today, today + AHEAD])
        return cursor.fetchone()[0]


@shared_task(name="workers.find_twins", soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def find_twins() -> None:
    """Lay people who are twice in the registry before the officials."""
    search_for_twins(at=timezone.now())
