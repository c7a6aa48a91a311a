"""What every officials' list shares, and the kernel's own tables in the admin."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from .pagination import estimate


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

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A NUL in the address matches no row, but PostgreSQL would refuse the whole query."""
        if any("\0" in value for _name, values in request.GET.lists() for value in values):
            return redirect(request.path)
        return super().changelist_view(request, extra_context)

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
