"""Telling somebody on the day when they come to meet the conditions."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import outbox
from core.calendar import local_day
from core.errors import refuse_unless, require
from workers.models import Worker

from ..models import Reminder


def remind(worker: Worker, due_on: date, *, by: User, at: datetime) -> Reminder:
    """Keep the day, nothing else; a later wish replaces the earlier one."""
    require(worker.user_id == by.pk, _("只能给自己设提醒。"))
    refuse_unless(due_on > local_day(at), _("这一天已经到了，现在就可以申请。"))
    reminder, _created = Reminder.objects.update_or_create(
        worker=worker, defaults={"due_on": due_on, "asked_at": at, "sent_at": None}
    )
    return reminder


@transaction.atomic
def send_due_reminders(*, at: datetime) -> int:
    """Leave a message for each wish whose day has come; returns how many."""
    due = Reminder.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        sent_at__isnull=True, due_on__lte=local_day(at)
    )
    rows = list(due)
    for reminder in rows:
        Reminder.objects.filter(pk=reminder.pk).update(sent_at=at)
        outbox.put("housing.reminder", reminder, at=at)
    return len(rows)
