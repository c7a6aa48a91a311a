"""What people asked for, as queues: what is due first on top, each for the officials of one district."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, When
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.filters import DistrictFilter
from accounts.enums import Role
from core import files, ui
from core.admin import PortalChangeList
from core.calendar import local_day, workdays_to
from core.divisions import name_of
from core.templatetags.ui import badge, state_badge

from .item import ItemAdmin


class OfDistrict(DistrictFilter):
    lookup = "district"


class DueFilter(admin.SimpleListFilter):
    """Of what still waits: what is late, and what is due today."""

    title = gettext_lazy("期限")
    parameter_name = "due"

    def __init__(self, request: HttpRequest, params: dict, model: Any, model_admin: "RequestQueue") -> None:
        self._waiting = model_admin.waiting
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", _("已超期")), ("today", _("今天到期"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        waiting, today = queryset.filter(state__in=self._waiting), local_day(timezone.now())
        narrowed = {"overdue": waiting.filter(due_on__lt=today), "today": waiting.filter(due_on=today)}
        return narrowed.get(self.value(), queryset)


class ByDueDay(PortalChangeList):
    """One page of a queue; the calendar is read once for all its rows."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.model_admin.count_days(self.result_list, at=timezone.now())


def waiting_first(states: tuple[str, ...]) -> list[str | Combinable]:
    """The order of a queue: what waits before what is done, by the last day."""
    return [Case(When(state__in=states, then=0), default=1), "due_on", "pk"]


class RequestQueue(ItemAdmin):
    """Items with a reference, a district whose officials answer, and a last day while they are in a `waiting` state."""

    waiting: tuple[str, ...] = ()
    list_display_links = ["reference"]
    search_fields = ["reference__exact"]
    search_help_text = gettext_lazy("申请编号")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PortalChangeList]:
        return ByDueDay

    def count_days(self, rows: list[Any], *, at: datetime) -> None:
        """Set `workdays_left` on each row, None where its clock does not run."""
        today = local_day(at)
        left = workdays_to(today, [row.due_on for row in rows if row.state in self.waiting])
        for row in rows:
            row.workdays_left = left[row.due_on] if row.state in self.waiting else None

    @admin.display(description=gettext_lazy("期限"), ordering="due_on")
    def due(self, row: Any) -> SafeString:
        return badge(**ui.due(row.workdays_left))

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: Any) -> SafeString:
        return state_badge(row)

    @admin.display(description=gettext_lazy("区县"), ordering=F("district").asc())
    def place(self, row: Any) -> str:
        return name_of(row.district)

    @admin.display(description=gettext_lazy("经办人"), ordering="decided_by")
    def handler(self, row: Any) -> str:
        """The official; whoever else ended it, the worker or a broker, handled nothing and is not named here."""
        by = row.decided_by
        return str(by) if by and by.role == Role.OFFICIAL else ""

    def badges(self, row: Any, *, at: datetime) -> list[SafeString]:
        self.count_days([row], at=at)
        return [state_badge(row), self.due(row)]


class WithPhoto(RequestQueue):
    """A queue whose items may carry a picture of a paper."""

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_photo"
        return [path("<int:pk>/photo/", self.admin_site.admin_view(self.photo), name=name), *super().get_urls()]

    def photo_link(self, row: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.address("photo", row.pk), _("下载"))

    def photo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The paper; opening it is on record like the page."""
        row = self.row_or_404(request, pk, *self.related)
        if row.photo is None:
            raise Http404
        if not self.may_decide(request.user, row):
            raise PermissionDenied
        self.note_reading(row, by=request.user, at=timezone.now())
        return files.respond(row.photo)
