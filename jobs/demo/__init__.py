"""Synthetic vacancies, applications and offers for the demo: a year back, in proportion to the workers.

The cast's districts come first, so that 杜高田 finds people for 江津's jobs and 王伟 finds offers to answer.
"""

from datetime import datetime
from random import Random

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from ..models import Application, Vacancy
from .applications import applications, people_for
from .offers import offers_for_the_cast
from .vacancies import World

WORKERS_PER_VACANCY = 20
FEWEST, MOST = 400, 5_000
_BATCH = 2_000


def seed(*, rng_seed: int, at: datetime, scale: int) -> None:
    """Add everything once. Accounts, employers and workers must be there."""
    if not settings.DEMO:
        raise CommandError("The demo exists only with DEBUG on.")
    if Vacancy.objects.exists():
        return
    rng = Random(rng_seed)
    with transaction.atomic():
        world = World(rng, at)
        count = min(max(scale // WORKERS_PER_VACANCY, FEWEST), MOST)
        vacancies = [world.vacancy(number) for number in range(count)]
        people = people_for(rng, vacancies)
        Vacancy.objects.bulk_create(vacancies, batch_size=_BATCH)
        Application.objects.bulk_create(applications(rng, at, vacancies, people), batch_size=_BATCH)
        offers_for_the_cast(world, vacancies)
