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


@shared_task(name="wages.clean_up")
def clean_up() -> None:
    """Forget drafts and wrong tries that nobody needs any more."""
    at = timezone.now()
    services.clear_stale(at=at)
    services.forget_tries(at=at)
