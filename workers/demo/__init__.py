"""A synthetic population for the demonstration, agreeing with the published NBS figures; nobody in it is real."""

from collections.abc import Callable
from datetime import datetime

from accounts.demo import refuse_outside_demo
from core.calendar import local_day
from employers.models import Employer

from ..models import Worker
from . import people
from .load import Loaded, load
from .places import Places
from .population import Generator


def generator(*, rng_seed: int, at: datetime) -> Generator:
    """A source of people for this seed and day."""
    rows = Employer.objects.verified().exclude(industry="").order_by("uscc").values_list("industry", "uscc", "name")
    employers: dict[str, list[tuple[str, str]]] = {}
    for industry, uscc, name in rows:
        employers.setdefault(industry, []).append((uscc, name))
    day = local_day(at)
    return Generator(rng_seed, day, Places.read(day), employers)


def seed(*, rng_seed: int, at: datetime, scale: int, tell: Callable[[int], None] = lambda done: None) -> Loaded | None:
    """`scale` people and the cast. A registry that already holds synthetic people is left as it is."""
    refuse_outside_demo()
    people.seed(at=at)
    if Worker.objects.filter(user__isnull=True).exists():
        return None
    return load(scale, generator(rng_seed=rng_seed, at=at), at=at, tell=tell)
