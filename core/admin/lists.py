"""What every officials' list shares: sight by jurisdiction, estimates instead of counts, read-only rows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from ..masking import holds_number
from ..pagination import estimate
from .changelist import PortalChangeList
from .searching import search_posted, term_alone

_LONGEST_KEY = 18  # digits that surely fit into a bigint; PostgreSQL would refuse a longer number with an error


class EstimatedPaginator(Paginator):
    """Counts by estimate, so that a list of millions opens without scanning them."""

    @cached_property
    def count(self) -> int:
        return estimate(self.object_list).number


class PortalModelAdmin(admin.ModelAdmin):
    """Officials and auditors see what `visible_to` shows them; only `editable_by` may change a form field.

    Rows that services own are read-only here: decisions are buttons that call the services.
    """

    paginator = EstimatedPaginator
    show_full_result_count = False
    # Counting every filter, or listing everybody, would scan the whole table.
    show_facets = admin.ShowFacets.NEVER
    list_max_show_all = 0
    list_per_page = 50
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        return queryset.visible_to(request.user) if hasattr(queryset, "visible_to") else queryset

    def row_or_404(self, request: HttpRequest, pk: Any, *related: str) -> Any:
        """The one row of an address, of those that this person sees; `related` are loaded with it."""
        rows = self.get_queryset(request).select_related(*related) if related else self.get_queryset(request)
        row = rows.filter(pk=pk).first() if str(pk).isdecimal() and len(str(pk)) <= _LONGEST_KEY else None
        if row is None:
            raise Http404
        return row

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PortalChangeList]:
        return PortalChangeList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The search box posts, see `searching`. A NUL in the address matches no row, but PostgreSQL would refuse the
        whole query."""
        if request.method == "POST" and SEARCH_VAR in request.POST:
            return search_posted(request)
        if any("\0" in value for _name, values in request.GET.lists() for value in values):
            return redirect(request.path)
        if self.date_hierarchy and not all(map(_is_part_of_a_date, self._dates_asked(request))):
            return redirect(request.path)
        answer = self.found(request, term) if (term := term_alone(request)) else None
        return answer or super().changelist_view(request, extra_context)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """A list that does not look for people by number sends none to PostgreSQL, which shows and logs statements."""
        if holds_number(search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def found(self, request: HttpRequest, term: str) -> HttpResponse | None:
        """A shorter page than the list for a search that has its own; what is seen there is `get_queryset`'s."""
        return None

    def _dates_asked(self, request: HttpRequest) -> list[str]:
        parts = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        return [value for name, value in request.GET.items() if name in parts]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list offers may filter it. Django would take every column of the table, and so tell a
        password hash or a masked value letter by letter to whoever may open the list, without a trace."""
        column = lookup.partition("__")[0]
        columns = {field.name for field in self.opts.get_fields()} | {"pk"}
        return (column not in columns or column in self._offered(request)) and super().lookup_allowed(
            lookup, value, request
        )

    def _offered(self, request: HttpRequest | None) -> set[str]:
        """The columns of the list's filters, by date too, and the parameters of filters that have their own."""
        filters = self.list_filter if request is None else self.get_list_filter(request)
        named = {
            item if isinstance(item, str) else item[0] if isinstance(item, tuple) else item.parameter_name
            for item in filters
        }
        return {name.partition("__")[0] for name in [*named, self.date_hierarchy] if name}

    def editable_by(self, user: Any, row: Any = None) -> bool:
        """Whether this person may use the stock add and change forms; nobody unless a matter says so."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request) and self.editable_by(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and self.editable_by(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _is_part_of_a_date(value: str) -> bool:
    """A year, month or day; a longer number would overflow Django's own dates."""
    return value.isascii() and value.isdecimal() and len(value) <= 4
