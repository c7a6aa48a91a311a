"""Filters of the case list, each a word of the querysets' vocabulary."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import DistrictFilter
from accounts.policies import is_city_official
from core.calendar import local_day
from core.divisions import CITY


class CaseDistrictFilter(DistrictFilter):
    """By the column that the list's index begins with."""

    lookup = "district"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Besides the districts, what a routing rule gave to the city."""
        city = [(CITY, _("市级承办"))] if is_city_official(request.user) else []
        return [*city, *super().lookups(request, model_admin)]


class DueFilter(admin.SimpleListFilter):
    title = _("期限")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("overdue", _("已超期")), ("today", _("今天到期")), ("open", _("在办")), ("closed", _("已结束"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = local_day(timezone.now())
        narrowed = {
            "overdue": lambda: queryset.overdue(today),
            "today": lambda: queryset.due_today(today),
            "open": queryset.open,
            "closed": queryset.closed,
        }
        return narrowed[self.value()]() if self.value() in narrowed else queryset


class HandlerFilter(admin.SimpleListFilter):
    title = _("承办")
    parameter_name = "handler"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("me", _("我的")), ("none", _("未分派"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "me":
            return queryset.of_person(request.user)
        return queryset.unassigned() if self.value() == "none" else queryset
