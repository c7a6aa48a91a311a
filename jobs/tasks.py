"""Celery entries of the jobs matter; thin, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task(name="jobs.close_expired")
def close_expired() -> dict[str, int]:
    """Every night: vacancies and offers past their last day end."""
    at = timezone.now()
    return {"vacancies": services.expire_overdue(at=at), "offers": services.expire_unanswered(at=at)}
