"""Jurisdiction as a filter: code prefixes, so that one index range per division answers."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet


def within(queryset: QuerySet, field: str, user: Any) -> QuerySet:
    """Rows whose division code lies in the person's jurisdiction; none for a person without one."""
    prefixes = user.jurisdiction_prefixes()
    if not prefixes:
        return queryset.none()
    return queryset.filter(reduce(or_, (Q(**{f"{field}__startswith": prefix}) for prefix in prefixes)))
