"""Synthetic estates and applications in every state, with timelines, for the demo.

王伟's is in the preliminary review of 江津区, so that the district's and the city's officials can pass it on.
"""

from datetime import datetime
from random import Random

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from ..models import Estate
from . import estates
from .applications import Applications

WORKERS_PER_APPLICATION = 150
FEWEST, MOST = 60, 200


def seed(*, rng_seed: int, at: datetime, scale: int) -> None:
    """Add everything once. Accounts and workers must be there."""
    if not settings.DEMO:
        raise CommandError("The demo exists only with DEBUG on.")
    if Estate.objects.exists():
        return
    rng = Random(rng_seed)
    with transaction.atomic():
        estates.add(rng, at)
        Applications(rng, at).add(min(max(scale // WORKERS_PER_APPLICATION, FEWEST), MOST))
