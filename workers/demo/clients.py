"""Whom 杜高田 should ask again, and why: people of 江津 under his mandate, so that his list says what it is for.

What the population's files say of them is of very different ages already; the rest happens here.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts import phones
from accounts.models import User
from core.calendar import local_day

from .. import services
from ..enums import Evidence, MandateScope, Source
from ..freshness import updating
from ..freshness.evidence import wish_of
from ..models import Mandate, Worker

BROKER, DISTRICT = "13800000011", "500116"
LOOKING, OTHERS = 3, 4  # for work, and not
SINCE = timedelta(days=250)
YOUNGEST = 16 * 366


@transaction.atomic
def seed(*, at: datetime) -> None:
    """Once; nothing where the population is too small to have such people."""
    broker = User.objects.filter(phone_index=phones.index(BROKER)).first()
    theirs = Mandate.objects.filter(broker=broker, worker__user__isnull=True)
    if broker is None or theirs.exists():
        return
    looking, others = _people(at)
    for row in (*looking, *others):
        services.mandates.make_mandate(
            row,
            broker,
            scope=[MandateScope.PROFILE, MandateScope.JOBS],
            evidence=Evidence.SMS_CODE,
            by=broker,
            at=at - SINCE,
        )
    for weeks, row in enumerate(looking):
        _told(row, broker, at - SINCE + 3 * timedelta(weeks=weeks))
    for row, happened in zip(others, (_moved, _left_unanswered, _asked_this_morning), strict=False):
        happened(row, broker, at)


def _people(at: datetime) -> tuple[list[Worker], list[Worker]]:
    """Grown up, registered before the mandates; the same ones for the same population."""
    known = Worker.objects.filter(
        hukou_division__startswith=DISTRICT,
        user__isnull=True,
        created_at__lt=at - SINCE,
        birth_date__lt=local_day(at) - timedelta(days=YOUNGEST),
    ).order_by("pk")
    looking = Q(intent__wants_job=True)
    return list(known.filter(looking)[:LOOKING]), list(known.exclude(looking)[:OTHERS])


def _told(row: Worker, broker: User, at: datetime) -> None:
    """What they wished for when the mandate was young."""
    wish = {"job_intent": wish_of(row), "training_need": ["carer"]}
    services.record(row, wish, source=Source.BROKER, by=broker, at=at)


def _moved(row: Worker, broker: User, at: datetime) -> None:
    """The police have since registered another home."""
    home = next(code for code in ("500116102", "500116103") if code != row.residence_division)
    services.record(row, {"residence_division": home}, source=Source.POLICE, by=None, at=at - timedelta(days=2))


def _left_unanswered(row: Worker, broker: User, at: datetime) -> None:
    updating.state(row, {"training_need": ["cook"]}, by=broker, at=at - timedelta(days=12))


def _asked_this_morning(row: Worker, broker: User, at: datetime) -> None:
    updating.state(row, {"training_need": ["carer"]}, by=broker, at=at - timedelta(hours=3))
