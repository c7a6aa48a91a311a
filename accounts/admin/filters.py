"""Filters of officials' lists that follow from their jurisdiction."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.calendar import local_day
from core.divisions import district_choices


class DistrictFilter(admin.SimpleListFilter):
    """Rows by district; only for those who see more than one. `lookup` matches a code's beginning."""

    lookup = "division__startswith"
    title = _("区县")
    parameter_name = "district"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        choices = district_choices(local_day(timezone.now()))
        return [(code, name) for code, name in choices if request.user.covers(code)]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(**{self.lookup: value}) if value.isascii() and value.isdigit() else queryset


class TopicFilter(admin.SimpleListFilter):
    """A matter first, then its topics: all of them at once are a list that nobody reads to its end."""

    title = _("主题")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        chosen, found = (self.value() or "").partition(".")[0], []
        by_matter: dict[str, list[str]] = {}
        for topic in sorted(outbox.topics()):
            by_matter.setdefault(topic.partition(".")[0], []).append(topic)
        for matter, topics in by_matter.items():
            found.append((matter, f"{_matter_in_words(matter)}（{len(topics)}）"))
            if matter == chosen:
                found += [(topic, f"·\u00a0{topic.partition('.')[2]}") for topic in topics]
        return found

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(topic=value) if "." in value else queryset.filter(topic__startswith=f"{value}.")


def _matter_in_words(prefix: str) -> str:
    """The app's name; what is no app is the kernel's (`calendar.changed`)."""
    is_app = apps.is_installed(prefix)
    return str(apps.get_app_config(prefix if is_app else "core").verbose_name)


class WithoutDrafts(admin.ChoicesFieldListFilter):
    """The states of a matter that officials come to see; what is still being written is its author's."""

    hidden = "draft"

    def choices(self, changelist: Any) -> Iterator[dict]:
        drafts = dict(self.field.flatchoices)[self.hidden]
        yield from (choice for choice in super().choices(changelist) if choice["display"] != drafts)
