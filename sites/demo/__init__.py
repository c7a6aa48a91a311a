"""Demonstration data of prevention: facts about every site, and six months of a dozen of them in every colour."""

from datetime import datetime

from accounts.demo import refuse_outside_demo
from accounts.models import User
from employers.models import Project

from ..models import Fact
from . import facts, payroll, watching


def seed(*, rng_seed: int, at: datetime, scale: int) -> None:
    """Add it once; `scale` is taken for the sake of the common signature."""
    refuse_outside_demo()
    projects = list(Project.objects.order_by("pk"))
    official = User.objects.filter(username="city").first()
    if Fact.objects.exists() or not projects or official is None:
        return
    facts.write(projects, rng_seed, by=official, at=at)
    told = payroll.write(payroll.chosen(projects), rng_seed, by=official, at=at)
    if told:
        watching.look_back(told, at=at)
