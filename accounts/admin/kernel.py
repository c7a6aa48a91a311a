"""The kernel's tables for the city and for auditors. They stand here because core does not know who is who."""

import re
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit, calendar, divisions, outbox, parameters
from core.admin import PortalModelAdmin
from core.errors import Refusal
from core.models import AuditEntry, CalendarDay, Division, OutboxMessage, Parameter

from .. import policies
from ..forms.person import KEPT_ROLES
from ..models import User
from .filters import TopicFilter

# What was typed, told by its shape.
_VERB = re.compile(r"[a-z_]+(\.[a-z_]+)?")
_REQUEST = re.compile(r"[0-9a-f]{8,32}")
_ROLE_BEHIND_NAME = re.compile(r"（[^（）]*）$")
_MOST_NAMESAKES = 50


class _Overseen(PortalModelAdmin):
    """Seen by auditors and the city only."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_read_trail(request.user)

    def editable_by(self, user: Any, row: Any = None) -> bool:
        return policies.may_keep_kernel(user)


class _Known(admin.SimpleListFilter):
    """Values that are known without asking the table: the stock filter reads every row for them, on every page."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class SubjectFilter(_Known):
    title = _("对象类别")
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        ours = (model for model in apps.get_models() if hasattr(model, "FLOW") or model in admin.site._registry)
        return sorted({(model._meta.label_lower, str(model._meta.verbose_name)) for model in ours})


class StuckFilter(admin.SimpleListFilter):
    """What somebody must look at: a message that nobody could deliver for a day."""

    title = _("超过一天")
    parameter_name = "stuck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("yes", _("一天还没送到"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return outbox.stuck(queryset, at=timezone.now()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(_Overseen):
    """The trail, newest first. Nobody changes it; the database refuses too."""

    list_display = ["at", "actor", "verb", "subject_type", "subject_id", "reason"]
    list_filter = [SubjectFilter]
    search_fields = ["subject_id__exact"]  # shows the search box; `entries_about` decides what is looked up
    search_help_text = _("对象编号、请求编号、动作（如 accept）或经办人的姓名、用户名，须完整")
    ordering = ["-id"]
    fields = ["at", "actor", "actor_id", "verb", "subject_type", "subject_id", "reason", "data", "request_id"]
    readonly_fields = fields

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        return (entries_about(queryset, term) if term else queryset), False

    def editable_by(self, user: Any, row: Any = None) -> bool:
        return False


def entries_about(entries: QuerySet, term: str) -> QuerySet:
    """The entries that a complete number, verb or name points at; each shape is looked up in an index of its own.

    Four columns joined by OR would read the whole trail, millions of entries.
    """
    if term == audit.SYSTEM:
        return entries.filter(actor_id__isnull=True, actor=term)
    if not term.isdecimal() and (people := _people_named(term)):
        return entries.filter(actor_id__in=people)
    if _VERB.fullmatch(term):
        return entries.filter(verb=term)
    # The index begins with the kind of object, so every kind that there is is asked for the number.
    kinds = sorted(model._meta.label_lower for model in apps.get_models())
    found = Q(subject_type__in=kinds, subject_id=term)
    return entries.filter(found | Q(request_id=term) if _REQUEST.fullmatch(term) else found)


def _people_named(term: str) -> list[int]:
    """Those whom the trail names so: by user name, or by name, with or without the role that stands behind it."""
    named = Q(username=term) | Q(display_name=_ROLE_BEHIND_NAME.sub("", term))
    return list(User.objects.filter(named, role__in=KEPT_ROLES).values_list("pk", flat=True)[:_MOST_NAMESAKES])


@admin.register(OutboxMessage)
class OutboxMessageAdmin(_Overseen):
    """Messages that wait, those in trouble first."""

    list_display = ["topic", "subject_type", "subject_id", "created_at", "due_at", "attempts", "last_error", "done_at"]
    list_filter = [StuckFilter, TopicFilter, ("done_at", admin.EmptyFieldListFilter)]
    ordering = ["-attempts", "-id"]

    def editable_by(self, user: Any, row: Any = None) -> bool:
        return False


class _CalendarForm(forms.ModelForm):
    class Meta:
        model = CalendarDay
        fields = ["day", "is_workday", "name", "source"]


@admin.register(CalendarDay)
class CalendarDayAdmin(PortalModelAdmin):
    """The work calendar: every official reads it, the city edits it, open deadlines follow."""

    form = _CalendarForm
    list_display = ["day", "is_workday", "name", "source"]
    list_filter = ["is_workday"]
    date_hierarchy = "day"
    ordering = ["-day"]

    def editable_by(self, user: Any, row: Any = None) -> bool:
        return policies.may_keep_kernel(user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["day"] if obj else []

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: Any, change: bool) -> None:
        calendar.set_day(
            obj.day,
            is_workday=obj.is_workday,
            name=obj.name,
            source=obj.source,
            by=request.user,
            at=timezone.now(),
        )


class _ParameterForm(forms.ModelForm):
    """A new version of a known parameter; the rules' refusals stand at their fields."""

    key = forms.ChoiceField(label=_("参数"))

    class Meta:
        model = Parameter
        fields = ["key", "valid_from", "value", "unit", "title", "source", "verified"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = Parameter.objects.order_by("key").values_list("key", flat=True).distinct()
        self.fields["key"].choices = [(key, key) for key in keys]
        self.initial["value"] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            row = Parameter(**cleaned)
            try:
                parameters.check_new(row, at=timezone.now())
            except Refusal as refusal:
                self.add_error(refusal.field, refusal.message)
        return cleaned


@admin.register(Parameter)
class ParameterAdmin(PortalModelAdmin):
    """Policy parameters: new versions are added, old ones never change."""

    form = _ParameterForm
    list_display = ["key", "valid_from", "value", "unit", "title", "verified"]
    list_filter = ["verified"]
    search_fields = ["key", "title"]
    ordering = ["key", "-valid_from", "-pk"]

    def editable_by(self, user: Any, row: Any = None) -> bool:
        return row is None and policies.may_keep_kernel(user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Parameter, form: Any, change: bool) -> None:
        parameters.add(obj, by=request.user, at=timezone.now())


@admin.register(Division)
class DivisionAdmin(PortalModelAdmin):
    """Administrative divisions; a code never changes and never goes, because old ID cards keep it."""

    list_display = ["code", "name", "level", "parent", "valid_from", "valid_to", "successor"]
    list_filter = ["level"]
    list_select_related = ["parent", "successor"]
    search_fields = ["code__startswith", "name__startswith"]
    ordering = ["code"]
    raw_id_fields = ["parent", "successor"]
    fields = ["code", "name", "level", "parent", "valid_from", "valid_to", "successor"]

    def editable_by(self, user: Any, row: Any = None) -> bool:
        return policies.may_keep_kernel(user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Division, form: Any, change: bool) -> None:
        divisions.keep(obj, by=request.user, at=timezone.now())
