"""How the list of millions is read: many by its own order, few by the index that names them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import PortalChangeList
from core.pagination import EXACT_UP_TO, Count, estimate, planned

from ..indicators import BY_CODE

# What the list shows beside number and name; of a row of eighty columns nothing else is read for it.
LISTED = ["sex", "birth_date", "hukou_division", "work_division", "trade", "employment_status", "id_number"]
READ = ["worker_no", "uuid", "full_name", *(BY_CODE[code].column for code in LISTED)]
# Where PostgreSQL expects fewer than this it may be wrong by much, and is asked to look in the index first.
UNCERTAIN = 25_000
# So many rows are read and sorted in no time; where there are more, a page of them is met soon in the list's own order.
FEW = 4_000


class RegistryList(PortalChangeList):
    """People by choices and names. PostgreSQL alone would now and then walk the whole table in the list's order for a
    page that does not exist: what it expects of a rare value is a guess, and a wrong guess costs seconds."""

    def get_queryset(self, request: HttpRequest, **kwargs: Any) -> QuerySet:
        return super().get_queryset(request, **kwargs).only(*READ)

    @contextmanager
    def reading(self) -> Iterator[None]:
        self.expected = planned(self.queryset)
        if self.expected >= UNCERTAIN or not {"facets", "names"} & set(self.queryset.query.annotations):
            yield
            return
        with _without("enable_indexscan", "enable_seqscan"):
            found = self.queryset.order_by().values("pk")[:FEW].count()
        ways = ("enable_indexscan", "enable_seqscan") if found < FEW else ("enable_bitmapscan", "enable_seqscan")
        with _without(*ways):
            yield

    def counted(self, queryset: QuerySet) -> Count:
        """What is expected to be more than can be counted is not counted first."""
        if self.expected > 2 * EXACT_UP_TO:
            return Count(self.expected, exact=False)
        return estimate(queryset)


@contextmanager
def _without(*ways: str) -> Iterator[None]:
    """Plan the queries inside without these ways to read, and freely again afterwards."""
    _switch(ways, "off")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _switch(ways, "on")


def _switch(ways: tuple[str, ...], to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(name, %s, false) FROM unnest(%s) AS name", [to, list(ways)])
