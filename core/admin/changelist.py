"""The officials' list: its search term opens for its owner alone, its pages go by key, its number is an estimate."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from ..pagination import Count, estimate
from .keyset import AFTER, BEFORE, Keyset, open_key, seal_key
from .searching import SearchForm


class PortalChangeList(ChangeList):
    """Django's list without page numbers: a page is named by the row beside it, see `keyset`."""

    count: Count
    pages: Callable[..., Keyset] = Keyset
    next_url = previous_url = ""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.search_form_class = partial(SearchForm, user=request.user)
        super().__init__(request, *args, **kwargs)
        self.title = str(self.opts.verbose_name_plural)  # Django's “选择…查看” says less in more words

    def address_without_search(self) -> str:
        """Where the search box posts: this list with its filters, from the first page."""
        return self.get_query_string(remove=[SEARCH_VAR])

    def get_queryset(self, request: HttpRequest, **kwargs: Any) -> QuerySet:
        """Where the page begins is no filter, and no link to a filter or another order keeps it."""
        for name in (AFTER, BEFORE):
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        return super().get_queryset(request, **kwargs)

    def counted(self, queryset: QuerySet) -> Count:
        """How many rows the list holds; never scans them all."""
        return estimate(queryset)

    def get_results(self, request: HttpRequest) -> None:
        """One page from the key in the address on, and the addresses of its neighbours."""
        self.read(request)
        self.result_count = self.count.number
        self.show_full_result_count, self.full_result_count = False, None
        self.show_admin_actions = True
        self.can_show_all = False
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)

    def read(self, request: HttpRequest) -> None:
        """The page and its number; a list that knows better how to read says so here."""
        pages = self.pages(self.queryset, self.list_per_page)
        before = open_key(request.GET.get(BEFORE, ""), pages.keys, request.user)
        after = None if before else open_key(request.GET.get(AFTER, ""), pages.keys, request.user)
        rows, more = pages.page(before or after, backwards=bool(before))
        has_next, has_previous = (True, more) if before else (more, bool(after))

        def address(name: str, row: Any) -> str:
            return self.get_query_string({name: seal_key(pages.values_of(row), pages.keys, request.user)})

        self.next_url = address(AFTER, rows[-1]) if rows and has_next else ""
        self.previous_url = address(BEFORE, rows[0]) if rows and has_previous else ""
        self.result_list = rows
        self.multi_page = bool(self.next_url or self.previous_url)
        # What fits one page has been counted by reading it.
        self.count = self.counted(self.queryset) if self.multi_page else Count(len(rows), exact=True)
