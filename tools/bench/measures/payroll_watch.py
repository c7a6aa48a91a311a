"""`wages.payroll_watch`: every rule of a day over one month of wages, beside one hand-written statement that only adds
up who was paid less than owed."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from core.calendar import local_day
from core.long_work import take_time

from .. import payroll
from ..memory import Peak
from ..rows import Row, Target
from ..stage import Stage, seconds

TARGET = Target(180, "at most")  # seconds for a month of 2 M lines
OFFSET = 10  # the day on which most rules look
_BARE = """
    SELECT project_id, count(*), count(*) FILTER (WHERE paid = 0), count(*) FILTER (WHERE paid < due), sum(due - paid)
    FROM (
        SELECT project_id, person, max(owed_fen) AS due, sum(paid_fen) AS paid
        FROM sites_payrollline WHERE month = %s GROUP BY project_id, person
    ) people
    GROUP BY project_id
"""
_BARE_IS = (
    "s for one hand-written GROUP BY person, then project, over the same month: one question instead of {n} rules"
)


def measure(stage: Stage) -> Iterator[Row]:
    from sites.models import Alert, WatchRule
    from sites.watch import looking
    from sites.watch.months import before

    at = timezone.now()
    this = local_day(at).replace(day=1)
    months = [before(this, n) for n in range(payroll.MONTHS + 1, 1, -1)]
    lines, many = payroll.size(stage)
    with Peak() as peak:
        projects: list[int] = []
        loading = seconds(lambda: projects.extend(payroll.load(stage, months=months)))
        month = months[-1]
        rules = list(WatchRule.objects.filter(is_on=True, offsets__contains=[OFFSET]))
        taken = seconds(lambda: looking.evaluate(month, OFFSET, at=at, rules=rules))
    found = Alert.objects.filter(month=month, offset=OFFSET).count()
    again = seconds(lambda: looking.evaluate(month, OFFSET, at=at, rules=rules))
    if Alert.objects.filter(month=month, offset=OFFSET).count() != found:
        raise ValueError("looking twice made other alerts")
    bare = seconds(lambda: _bare(month))
    about = f"{lines:,} lines of {many:,} projects, {len(rules)} rules, {found:,} alerts"
    yield stage.row(
        "wages.payroll_watch", taken, f"s, {about}", baseline=bare, baseline_is=_BARE_IS.format(n=len(rules)),
        target=TARGET if stage.is_whole_city else None,
    )  # fmt: skip
    yield stage.row("wages.payroll_watch.again", again, "s, the same look once more: no new alert")
    yield stage.row("wages.payroll.load", 2 * lines * len(months) / loading, "lines/s, wages and days, with indexes")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_table_size(inhrelid)), sum(pg_indexes_size(inhrelid)) FROM pg_inherits"
            " WHERE inhparent = 'sites_payrollline'::regclass"
        )
        heap, indexes = (float(size) / lines / len(months) for size in cursor.fetchone())
    yield stage.row("wages.payroll.bytes_per_line", heap + indexes, f"bytes, {indexes:.0f} in indexes")
    if peak.bytes:
        yield stage.row("wages.payroll_watch.memory", peak.bytes / 1e9, "GB, loading included")
    payroll.unload(projects)


def _bare(month) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        take_time(cursor)
        cursor.execute(_BARE, [month])
        cursor.fetchall()
