"""A synthetic population for the demonstration, agreeing with the published NBS figures; nobody in it is real."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from accounts.demo import refuse_outside_demo
from core.calendar import local_day
from employers.models import Employer

from ..models import Worker
from . import clients, people
from .loading import Loaded, load, resume, unfinished
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


def seed(
    *,
    rng_seed: int,
    at: datetime,
    scale: int,
    processes: int | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> Loaded | None:
    """`scale` people and the cast. A registry that already holds synthetic people is left as it is.

    A big load that was interrupted is finished as it was begun, whatever is asked for now.
    """
    refuse_outside_demo()
    people.seed(at=at)
    loaded = _load(rng_seed=rng_seed, at=at, scale=scale, processes=processes, tell=tell)
    clients.seed(at=at)
    return loaded


def _load(
    *, rng_seed: int, at: datetime, scale: int, processes: int | None, tell: Callable[[int], None]
) -> Loaded | None:
    if (task := unfinished()) is not None:
        begun = replace(generator(rng_seed=task.seed, at=task.numbering.at), chunk=task.chunk)
        return resume(task, begun, processes=processes, tell=tell)
    if scale == 0 or Worker.objects.filter(user__isnull=True).exists():
        return None
    return load(scale, generator(rng_seed=rng_seed, at=at), at=at, processes=processes, tell=tell)
