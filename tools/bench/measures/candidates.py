"""`jobs.candidates`: ranking people for a vacancy, beside the bare statement that reads the same pool."""

from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from accounts.models import User
from jobs import candidates
from jobs.enums import VacancyState
from jobs.models import Vacancy

from ..rows import Row, Target, percentile
from ..stage import Stage, seconds

RANKINGS = 120
TARGET = Target(1_000, "at most")  # milliseconds: the broker's list refreshes within a second
CAST = ("杜高田", "谭明贵")
_POOL = """
SELECT worker_id, trade, skill_level, min_pay_fen, home_district, available_on, verified_on FROM workers_jobintent
WHERE wants_job AND recommendable AND home_district = %s AND trade = %s ORDER BY verified_on DESC, worker_id LIMIT 2000
"""


def _errands() -> list[tuple[User, Vacancy]]:
    """Each broker of the cast with the open vacancies, in turn."""
    brokers = [User.objects.get(display_name=name) for name in CAST]
    vacancies = list(Vacancy.objects.filter(state=VacancyState.PUBLISHED).order_by("pk")[: RANKINGS // len(CAST)])
    return [(broker, vacancy) for vacancy in vacancies for broker in brokers]


def _rank(broker: User, vacancy: Vacancy) -> None:
    candidates.rank(vacancy, broker, at=timezone.now())


def _read_pool(broker: User, vacancy: Vacancy) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_POOL, [broker.jurisdiction_prefixes()[0], vacancy.trade])
        cursor.fetchall()


def measure(stage: Stage) -> Iterator[Row]:
    errands = _errands()
    _rank(*errands[0])
    ranked = [1000 * seconds(lambda errand=errand: _rank(*errand)) for errand in errands]
    bare = [1000 * seconds(lambda errand=errand: _read_pool(*errand)) for errand in errands]
    for percent in (50, 95):
        yield stage.row(
            f"jobs.candidates.p{percent}",
            percentile(ranked, percent),
            "ms",
            baseline=percentile(bare, percent),
            baseline_is="the bare SELECT of the same trade's intents in the same district, in the same process",
            target=TARGET if percent == 95 else None,
        )
