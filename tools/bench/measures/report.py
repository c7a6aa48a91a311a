"""`monitoring.report`: a month for the city and every district, beside one count over the registry."""

from collections.abc import Iterator

from django.utils import timezone

from core.calendar import local_day
from monitoring import services
from monitoring.periods import of_day

from ..rows import Row
from ..stage import Stage, median_seconds, query_seconds

TIMES = 3
COUNT = "SELECT hukou_district, count(*) FROM workers_worker GROUP BY hukou_district"


def measure(stage: Stage) -> Iterator[Row]:
    now = timezone.now()
    period = of_day(local_day(now))
    yield stage.row(
        "monitoring.report",
        median_seconds(lambda: services.build(period, by=None, at=now), TIMES),
        "s",
        baseline=query_seconds(COUNT, TIMES),
        baseline_is="one SELECT count(*) … GROUP BY district over the same table, s",
    )
