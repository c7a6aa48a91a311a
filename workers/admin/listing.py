"""How the list of millions is read: many by its own order, few by the index that names them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from psycopg2.errors import QueryCanceled

from core.admin import PortalChangeList
from core.admin.keyset import Keyset
from core.pagination import EXACT_UP_TO, Count, estimate, planned

from ..indicators import BY_CODE
from .narrow import KnownPages, RegistryPages, among, is_chosen, parted

# What the list shows beside number and name; of a row of eighty columns nothing else is read for it.
LISTED = ["sex", "birth_date", "hukou_division", "work_division", "trade", "employment_status", "id_number"]
READ = ["worker_no", "uuid", "full_name", *(BY_CODE[code].column for code in LISTED)]
# So many keys are looked up and sorted as fast as a page of them is met in the list's own order (docs/decisions/0046).
FEW = 10_000
# How long a page that should be met soon is looked for before the index is asked whether there is one.
PATIENCE_MS = 250
# The rows that an index names lie anywhere in the table: many are fetched from the disk at a time.
_BY_INDEX = {"enable_indexscan": "off", "enable_seqscan": "off", "effective_io_concurrency": "64"}
_BY_ORDER = {"enable_bitmapscan": "off", "enable_seqscan": "off"}


class RegistryList(PortalChangeList):
    """People by choices and names. PostgreSQL alone would now and then walk the whole table in the list's order for a
    page that does not exist: what it expects of choices together is a guess, and a wrong guess costs seconds."""

    known: Count | None
    pages: Callable[..., Keyset] = RegistryPages

    def get_queryset(self, request: HttpRequest, **kwargs: Any) -> QuerySet:
        return super().get_queryset(request, **kwargs).only(*READ)

    def read(self, request: HttpRequest) -> None:
        """Where few are expected their keys are looked up first; where many are, the page itself is tried first."""
        self.known, self.expected = None, planned(self.queryset)
        if not (is_chosen(self.queryset) or "names" in self.queryset.query.annotations):
            super().read(request)
            return
        if self.expected >= FEW and self._met_soon(request):
            return
        asked = self.queryset
        keys = _keys(asked)
        if len(keys) < FEW:
            self.known, self.pages = Count(len(keys), exact=True), partial(KnownPages, known=keys)
            self.queryset = asked.model.objects.only(*READ).order_by(*asked.query.order_by)
        else:
            self.known = Count(max(self.expected, FEW), exact=False)
        with _set(_BY_ORDER):
            super().read(request)
        self.queryset = asked

    def _met_soon(self, request: HttpRequest) -> bool:
        """Read the page, unless that takes too long."""
        try:
            with transaction.atomic(), _set({"statement_timeout": str(PATIENCE_MS)}):
                super().read(request)
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                return False
            raise
        return True

    def counted(self, queryset: QuerySet) -> Count:
        """What is known is not counted again, and what is expected to be more than can be counted not at all."""
        if self.known is None and self.expected > 2 * EXACT_UP_TO:
            return Count(self.expected, exact=False)
        return self.known or estimate(queryset)


def _keys(asked: QuerySet) -> list[int]:
    """Up to so many keys of whom is asked for, from the narrow table alone where it can tell."""
    if "names" not in asked.query.annotations:
        chosen, rest = parted(asked)
        with _set(_BY_INDEX):
            keys = list(chosen[:FEW])
        if rest is None:
            return keys
        if len(keys) < FEW:
            return list(rest.filter(among(keys)).values_list("pk", flat=True))
    with _set(_BY_INDEX):
        return list(asked.order_by().values_list("pk", flat=True)[:FEW])


@contextmanager
def _set(settings: dict[str, str]) -> Iterator[None]:
    """Ask the questions inside under these settings of PostgreSQL, and then under those of before."""
    before = _switch(settings)
    try:
        yield
    except BaseException as error:  # the connection outlives this request, whatever ended it
        # What failed in PostgreSQL takes the settings of its block with it, and nothing can be asked in between.
        if not (connection.in_atomic_block and isinstance(error, DatabaseError)):
            _switch(before)
        raise
    _switch(before)


def _switch(settings: dict[str, str]) -> dict[str, str]:
    """Returns what was set before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, current_setting(name), set_config(name, value, %s) FROM unnest(%s, %s) AS t (name, value)",
            [connection.in_atomic_block, list(settings), list(settings.values())],
        )
        return {name: before for name, before, _now in cursor.fetchall()}
