"""Celery entries; thin, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task(name="wages.watch_deadlines")
def watch_deadlines() -> None:
    """Warn and escalate what became due since the last run, however long ago that was."""
    at = timezone.now()
    services.watch(at=at)
    services.ask_again(at=at)


@shared_task(name="wages.watch_payments")
def watch_payments() -> None:
    """Start the clocks of questions that have left, warn who has not answered, and presume what is due."""
    services.watch_payments(at=timezone.now())


@shared_task(name="wages.clean_up")
def clean_up() -> None:
    """Forget drafts and wrong tries that nobody needs any more."""
    at = timezone.now()
    services.clear_stale(at=at)
    services.forget_tries(at=at)
