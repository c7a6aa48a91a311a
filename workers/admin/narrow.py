"""What the narrow table of people's choices answers without the wide one, and pages of those whose keys are known."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func, Q, QuerySet, Value
from django.db.models.lookups import IsNull, Lookup
from django.db.models.sql.where import AND, WhereNode

from core.admin.keyset import Key, Keyset

from ..models import Worker, WorkerFacets

_WORDS = WorkerFacets._meta.get_field("words")
_MERGED = Worker._meta.get_field("merged_into")


def is_chosen(queryset: QuerySet) -> bool:
    """Whether anything is asked in the words of the narrow table."""
    return WorkerFacets._meta.db_table in queryset.query.alias_map


def parted(queryset: QuerySet) -> tuple[QuerySet, QuerySet | None]:
    """The same question in two: keys by words from the narrow table, and the rest; None where nothing else is asked.

    The narrow table has nobody who was merged into another, so it need not be asked whether they are shown.
    """
    keys, rest, alone = WorkerFacets.objects.values_list("pk", flat=True), Worker.objects.order_by(), True
    for one in _that_must_hold(queryset.query.where):
        column = getattr(getattr(one, "lhs", None), "target", None)
        if column is _WORDS:
            keys = keys.filter(**{f"words__{one.lookup_name}": one.rhs})
        elif not (column is _MERGED and isinstance(one, IsNull) and one.rhs is True):
            rest.query.where.add(one, AND)
            alone = False
    return keys, None if alone else rest


def _that_must_hold(node: WhereNode) -> Iterator[Lookup | WhereNode]:
    """Conditions joined by AND; what is joined otherwise is one of them."""
    if node.connector != AND or node.negated:
        yield node
        return
    for child in node.children:
        yield from _that_must_hold(child) if isinstance(child, WhereNode) else [child]


def among(keys: Sequence[int]) -> Func:
    """An array, because thousands of parameters cost more than the rows."""
    return Func(
        "pk", Value(list(keys), ArrayField(BigIntegerField())),
        arg_joiner=" = ANY(", template="%(expressions)s)", output_field=BooleanField(),
    )  # fmt: skip


class RegistryPages(Keyset):
    """The order of the list is the key of both tables, and where a page begins is said of both: PostgreSQL would walk
    the narrow one from its head otherwise."""

    def _parts(self, keys: list[Key], values: Sequence[Any] | None) -> Iterator[QuerySet]:
        key, begins = keys[0], Q()
        if values is not None and key.field is Worker._meta.pk and is_chosen(self.queryset):
            begins = Q(**{f"facets__worker_id__{'lte' if key.descending else 'gte'}": values[0]})
        for part in super()._parts(keys, values):
            yield part.filter(begins)


class KnownPages(Keyset):
    """Pages of those whose keys are known: in the keys' own order a page needs its own few only, and planning a
    question about thousands of keys takes longer than answering it."""

    def __init__(self, queryset: QuerySet, per_page: int, *, known: list[int]) -> None:
        super().__init__(queryset, per_page)
        self.known = sorted(known)

    def _parts(self, keys: list[Key], values: Sequence[Any] | None) -> Iterator[QuerySet]:
        key, near = keys[0], self.known
        if key.field is Worker._meta.pk:
            if key.descending:
                near = near[: None if values is None else bisect_left(near, values[0])][-self.per_page - 1 :]
            else:
                near = near[0 if values is None else bisect_right(near, values[0]) :][: self.per_page + 1]
        for part in super()._parts(keys, values):
            yield part.filter(among(near))
