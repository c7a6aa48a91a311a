"""`registry.duplicates`: who is registered twice, looked for among everybody, beside a bare grouping by the same keys.

People who were planted before must all be found: a fast search that overlooks them would be worth nothing.
"""

from collections.abc import Iterator
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from ..memory import Peak
from ..rows import Row, Target
from ..stage import Stage, seconds

TARGET = Target(8, "at most")  # minutes
PLANTED = 200
_BARE = "min for one bare SELECT … GROUP BY … HAVING count(*) > 1 per reason over the wide table"
# What makes two rows one person, one grouping per reason.
KEYS = (
    "full_name, birth_date, sex, hukou_division",
    "name_pinyin, birth_date, left(hukou_division, 9)",
    "full_name, birth_date, household_no",
    "full_name, birth_date, left(hukou_division, 6)",
    "mobile_index, name_pinyin",
)
# What nobody may have twice, or what the database makes itself.
_OWN = {"id", "uuid", "worker_no", "user_id", "id_number", "id_number_index", "created_at"}


def measure(stage: Stage) -> Iterator[Row]:
    from workers.models import TwinPair, TwinSearch
    from workers.twins.detecting import find_twins

    at = timezone.now()
    originals = plant(stage)
    try:
        with Peak() as peak:
            taken = seconds(lambda: find_twins(at=at))
        found = TwinSearch.objects.latest("pk")
        _check(originals)
    finally:
        TwinPair.objects.filter(found_at=at).delete()
        TwinSearch.objects.filter(at=at).delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM workers_worker WHERE id = ANY(%s)", [list(originals)])
    bare = sum(seconds(lambda keys=keys: _group(keys)) for keys in KEYS)
    yield stage.row(
        "registry.duplicates", taken / 60, f"min, {found.found:,} pairs", baseline=bare / 60, baseline_is=_BARE,
        target=TARGET if stage.is_whole_city else None,
    )  # fmt: skip
    if peak.bytes:
        yield stage.row(
            "registry.duplicates.memory",
            peak.bytes / 1e9,
            "GB, all processes with PostgreSQL's" if peak.is_whole else "GB, without PostgreSQL's",
        )


def plant(stage: Stage) -> dict[int, int]:
    """Register some people of the population a second time without their ID number; copy and original by key."""
    from workers.models import Worker

    copied = [
        f'"{field.column}"'
        for field in Worker._meta.concrete_fields
        if field.column not in _OWN and not getattr(field, "generated", False)
    ]
    names = ", ".join(copied)
    people = Worker.objects.filter(id_number__isnull=False, mobile_index__isnull=False).order_by("pk")
    first, step = people.values_list("pk", flat=True).first(), stage.scale // PLANTED
    twins = {}
    with connection.cursor() as cursor:
        for place in range(PLANTED):
            original = people.filter(pk__gte=first + place * step).values_list("pk", flat=True).first()
            cursor.execute(
                f"INSERT INTO workers_worker (uuid, created_at, {names})"
                f" SELECT %s, created_at, {names} FROM workers_worker WHERE id = %s RETURNING id",
                [uuid4(), original],
            )
            twins[cursor.fetchone()[0]] = original
    return twins


def _check(twins: dict[int, int]) -> None:
    from workers.models import TwinPair

    pairs = TwinPair.objects.filter(worker_b__in=list(twins)).values_list("worker_b_id", "worker_a_id")
    if missed := set(twins.items()) - set(pairs):
        raise ValueError(f"{len(missed)} of {len(twins)} people who were registered twice were not found")


def _group(keys: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT FROM workers_worker GROUP BY {keys} HAVING count(*) > 1) AS several"
        )
