"""Closing one's account: at once, by oneself (网络数据安全管理条例 art. 23). The registry keeps its row."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import devices
from accounts.models import Notice
from accounts.policies import is_worker
from accounts.services.people import end_sessions
from core import audit
from core.errors import require

from ..enums import Source
from ..models import Consent, ContactGrant, Mandate, Worker
from ..services import intents
from ..services.recording import record


@transaction.atomic
def close_account(user: Any, *, by: Any, at: datetime) -> None:
    """Nobody signs in with it any more; everything the person allowed ends; the number is free for a new account."""
    require(by == user and is_worker(user), _("只有农民工本人可以注销自己的账户。"))
    worker = Worker.objects.select_for_update().filter(user=user).first()
    if worker is not None:
        end_what_was_allowed([worker.pk], by=user, at=at)
        _be_found_no_more(worker, by=user, at=at)
        Worker.everyone.filter(pk=worker.pk).update(user=None)
        audit.record("workers.account_closed", worker, by=user, at=at)
    shut(user, by=user, at=at)


def _be_found_no_more(worker: Worker, *, by: Any, at: datetime) -> None:
    """What copies the mandates and consents: the broker on the row, and whether the wish may be recommended."""
    if worker.broker_id is not None:
        record(worker, {"broker": None}, source=Source.COMPUTED, by=by, at=at)
    intents.follow(Worker.objects.get(pk=worker.pk), at=at)


def end_what_was_allowed(rows: list[int], *, by: Any, at: datetime) -> None:
    """Mandates, consents and who sees the phone: withdrawn, and kept as proof of what once was allowed."""
    Mandate.objects.filter(worker__in=rows, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    Consent.objects.filter(worker__in=rows, withdrawn_at__isnull=True).update(withdrawn_at=at)
    ContactGrant.objects.filter(worker__in=rows, withdrawn_at__isnull=True).update(withdrawn_at=at)


def shut(user: Any, *, by: Any, at: datetime) -> None:
    """The account without number, name, notices, browsers and sessions. The row stays: the trail names it."""
    Notice.objects.filter(user=user).delete()
    user.phone = user.phone_index = user.phone_verified_at = user.held_since = None
    user.display_name, user.is_active = "", False
    user.set_unusable_password()
    user.save()
    devices.forget_all(user)
    end_sessions(user)
    audit.record("accounts.closed", user, by=by, at=at)
