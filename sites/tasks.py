"""Celery entries of prevention; thin, and safe to run twice."""

from celery import shared_task
from django.db import connection
from django.utils import timezone

from workers.feeds import running
from workers.feeds.lock import ImportRunning
from workers.tasks import AHEAD, LONGEST_SECONDS

from . import expiring
from .models import PayrollFile, Simulation
from .watch import looking, trying


@shared_task(name="sites.run_file", soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def run_file(batch_id: int) -> None:
    """Check, write or take back one monthly file, whatever it waits for."""
    running.run(batch_id, now=timezone.now, model=PayrollFile)


@shared_task(name="sites.take_up_files")
def take_up_files() -> None:
    """Files whose process was killed, or that waited for another one to be written."""
    for batch_id in running.waiting(PayrollFile):
        run_file.delay(batch_id)


@shared_task(name="sites.watch_payments", soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def watch_payments() -> None:
    """The daily round of the payment watch; a second one at the same time lets the first finish."""
    try:
        looking.look(at=timezone.now())
    except ImportRunning:
        return


@shared_task(name="sites.look_again", soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def look_again(batch_id: int) -> None:
    """A file was written or taken back after its months had been looked at."""
    looking.look_again(PayrollFile.objects.get(pk=batch_id), at=timezone.now())


@shared_task(name="sites.try_rule", soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def try_rule(simulation_id: int) -> None:
    """What a rule would have found in past months."""
    trying.run(Simulation.objects.select_related("rule").get(pk=simulation_id), at=timezone.now())


@shared_task(name="sites.clean_up")
def clean_up() -> int:
    """Previews that nobody decided about, and trials that were never answered."""
    return expiring.drop_what_nobody_decided(at=timezone.now()) + trying.give_up(at=timezone.now())


@shared_task(name="sites.make_months")
def make_months() -> int:
    """Partitions for the lines of the coming year; says how many were made."""
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sites_months(%s, %s)", [today.replace(day=1), today + AHEAD])
        return cursor.fetchone()[0]
