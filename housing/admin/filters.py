"""Filters of the application list, from the querysets."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import DistrictFilter
from core.calendar import local_day

from ..desk import OFFICE
from ..enums import State


class QueueFilter(admin.SimpleListFilter):
    """What is whose turn, and what is late."""

    title = _("队列")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list:
        return [
            ("office", _("等我们办")),
            ("mine", _("我受理的")),
            ("check", _("等我复审")),
            ("overdue", _("超期")),
            ("objections", _("有异议待核查")),
            ("running", _("全部在办")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "office":
            return queryset.filter(state__in=OFFICE)
        if self.value() == "mine":
            return queryset.running().filter(taken_up_by=request.user)
        if self.value() == "check":
            return queryset.filter(state=State.FINAL_REVIEW).decidable_by(request.user)
        if self.value() == "overdue":
            return queryset.overdue(local_day(timezone.now()))
        if self.value() == "objections":
            return queryset.with_open_objection()
        return queryset.running() if self.value() == "running" else queryset


class EstateDistrictFilter(DistrictFilter):
    """By the district in which it was handed in."""

    lookup = "division"
