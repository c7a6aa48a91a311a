"""Periodic work of accounts."""

from datetime import timedelta
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from . import attempts, codes, replies, sms

KEPT = timedelta(days=30)


@shared_task(name="accounts.forget_codes")
def forget_codes() -> None:
    """Drop codes, their messages, counted attempts and sessions that nothing looks at any more."""
    before = timezone.now() - KEPT
    codes.forget(before=before)
    sms.forget(event=codes.EVENT, before=before)
    attempts.forget(before=before)
    replies.forget(before=timezone.now() - replies.inbound.KEPT)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
