"""Periodic work of accounts."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from . import attempts, codes

KEPT = timedelta(days=30)


@shared_task(name="accounts.forget_codes")
def forget_codes() -> None:
    """Drop codes and counted attempts that no limit looks at any more."""
    before = timezone.now() - KEPT
    codes.forget(before=before)
    attempts.forget(before=before)
