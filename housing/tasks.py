"""Celery entries of housing; thin, and safe to run twice."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from core.calendar import local_day
from core.errors import Refusal

from . import services
from .models import HousingApplication


@shared_task(name="housing.watch_deadlines")
def watch_deadlines() -> None:
    """Warn of clocks at 80 and 100 %, end publicity that has passed, send reminders whose day has come."""
    at = timezone.now()
    services.warn_of_deadlines(at=at)
    for application in HousingApplication.objects.publicity_over(local_day(at)).order_by("pk"):
        with suppress(Refusal):  # another run of this task was first, or an objection came in just now
            services.enter_waiting(application, by=None, at=at)
    services.send_due_reminders(at=at)
