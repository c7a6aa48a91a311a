"""Synthetic wage codes and a year of synthetic cases for the demo; nobody in them exists.

Phones lie in the 154 range, which no operator was ever given, so no message can reach a real person.
"""

from datetime import datetime
from random import Random

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

import employers.services
from accounts.models import User
from employers.enums import ArrearsStanding
from employers.models import Employer, Project

from .. import services
from ..models import Case, WageCode
from . import cast, clocks, spoken, story, ways, writing

FEWEST, MOST = 60, 200
CODES_WITHOUT_SITE = 12


@transaction.atomic
def seed(*, rng_seed: int, at: datetime, scale: int) -> None:
    """Add codes and cases once; `scale` is the number of workers, of whom one in a hundred complains."""
    if not settings.DEMO:
        raise CommandError("The demo exists only with DEBUG on.")
    city = User.objects.filter(username="city").first()
    if Case.objects.exists() or city is None or not Project.objects.exists():
        return
    rng = Random(rng_seed)
    codes = _codes(city, at)
    many = max(FEWEST, min(MOST, scale // 100))
    writing.write(story.tell(rng, codes, many, at), rng, at)
    cast.complain(codes, at)
    ways.hand_out(at)
    clocks.show(at)
    spoken.complain(codes, at)
    _standing(city, at)


def _codes(city: User, at: datetime) -> list[WageCode]:
    """A code for every building site and for a dozen employers without one."""
    sites = Project.objects.select_related("general_contractor").order_by("pk")
    for site in sites:
        services.issue_code(employer=site.general_contractor, project=site, by=city, at=at)
    others = Employer.objects.filter(state="verified").exclude(industry="E").order_by("uscc")
    for employer in others[:CODES_WITHOUT_SITE]:
        services.issue_code(employer=employer, by=city, at=at)
    return list(WageCode.objects.select_related("employer", "project").order_by("pk"))


def _standing(city: User, at: datetime) -> None:
    """What the cases say about their employers."""
    filed = Case.objects.filter(accepted_at__isnull=False, employer__isnull=False)
    for employer in Employer.objects.filter(pk__in=filed.open().values("employer")).order_by("pk"):
        employers.services.record_standing(employer, ArrearsStanding.OPEN, by=city, at=at)
