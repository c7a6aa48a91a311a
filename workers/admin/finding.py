"""Searching the registry: what a typed key or name finds, and the short page that answers a whole key.

An exact key names one person, seldom a few. The list's sidebar, orders and neighbouring pages have nothing to say about
them and cost ten times the answer, so the rows stand alone; the list itself is one link away.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.pagination import Count

from .listing import READ

_WORKER_NO = re.compile(r"[Ww]\d{9,11}")


@dataclass(frozen=True)
class Answer:
    """What the search box and the line below the table ask of a list."""

    query: str
    count: Count
    search_fields: list[str]
    search_help_text: Any
    address_without_search: str = "?"
    next_url: str = ""
    previous_url: str = ""


def by_key(queryset: QuerySet, typed: str) -> QuerySet | None:
    """Whoever has the worker number, ID number or phone; None where something else was typed."""
    compact = "".join(typed.split())
    if _WORKER_NO.fullmatch(compact):
        return queryset.with_number(compact.upper())
    if len(compact) in (15, 18) and compact[:-1].isdecimal():
        return queryset.with_id_number(compact)
    if compact.isdecimal() or compact.startswith("+"):
        return queryset.with_mobile(compact)
    return None


def found_by(queryset: QuerySet, typed: str) -> QuerySet:
    """Exact by worker number, ID number or phone; names by their beginning or their initials."""
    found = by_key(queryset, typed)
    return queryset.named(typed.strip()) if found is None else found


def answer(admin: Any, request: HttpRequest, typed: str) -> HttpResponse | None:
    """The page for a whole key; None where a name was typed, or so many share the key that they need the list."""
    found = by_key(admin.get_queryset(request), typed)
    if found is None:
        return None
    rows = list(found.only(*READ).order_by(*admin.ordering)[: admin.list_per_page + 1])
    if len(rows) > admin.list_per_page:
        return None
    number, *columns = admin.get_list_display(request)
    context = {
        **admin.admin_site.each_context(request),
        "title": admin.opts.verbose_name_plural,
        "opts": admin.opts,
        "list_url": reverse("admin:workers_worker_changelist"),
        "cl": Answer(typed, Count(len(rows), exact=True), admin.search_fields, admin.search_help_text),
        "search_var": SEARCH_VAR,
        "headings": [admin.opts.get_field(number).verbose_name, *(column.short_description for column in columns)],
        "rows": [(row, [column(row) for column in columns]) for row in rows],
    }
    return render(request, "admin/workers/found.html", context)
