"""What the bench harness measures of the jobs matter: ranking candidates, and the public list's queries."""

import itertools
import time
from collections.abc import Callable

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.calendar import local_day
from core.pagination import KeysetPaginator, estimate

from . import candidates, cards
from .models import Vacancy


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def measure_candidates(n: int) -> list[float]:
    """Seconds for each of `n` rankings: open vacancies of many trades, for the broker of a whole district."""
    at = timezone.now()
    broker = User.objects.filter(role=Role.BROKER, jurisdictions__level="district").order_by("pk").first()
    open_here = Vacancy.objects.published(at).filter(district__in=candidates.districts_of(broker, local_day(at)))
    vacancies = itertools.cycle(open_here.select_related("employer").order_by("trade", "pk")[:50])
    return [_timed(lambda: candidates.rank(next(vacancies), broker, at=at)) for _ in range(n)]


def measure_list(n: int) -> list[float]:
    """Seconds for each of `n` lists as /jobs/ asks for them: all, by district, by trade, by words."""
    at = timezone.now()
    kinds = itertools.cycle([{}, {"district": "500116"}, {"trade": "electrician"}, {"words": "电工"}])
    return [_timed(lambda: _list(at, next(kinds))) for _ in range(n)]


def _list(at, conditions: dict[str, str]) -> None:
    found = Vacancy.objects.published(at).search(**conditions)
    estimate(found)
    page = KeysetPaginator(found.for_cards(), order=("-refreshed_at", "-pk")).page()
    for row in page:
        cards.card(row)
