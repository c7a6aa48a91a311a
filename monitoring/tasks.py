"""Celery entries of monitoring."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from core.calendar import local_day

from . import services
from .enums import Origin
from .periods import of_day


@shared_task(name="monitoring.build_monthly_report")
def build_monthly_report() -> str | None:
    """Build last month's report as a draft; an official publishes it."""
    now = timezone.now()
    origin = Origin.DEMO if settings.DEMO else Origin.REGISTRY
    report = services.build_if_missing(of_day(local_day(now)).previous, at=now, origin=origin)
    return str(report) if report else None
