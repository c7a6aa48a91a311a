"""Applications by deadline, and the page on which they are decided."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import WithoutDrafts
from core import masking
from core.admin import PortalChangeList, PortalModelAdmin
from core.crypto import blind_index
from core.templatetags.ui import badge, cn_date, state_badge

from ..desk import with_due
from ..models import HousingApplication
from . import acting, page
from .filters import EstateDistrictFilter, QueueFilter


class ByDeadline(PortalChangeList):
    """One page of applications with the working days left, read from the calendar once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = with_due(self.result_list, at=timezone.now())


@admin.register(HousingApplication)
class ApplicationAdmin(PortalModelAdmin):
    list_display = ["due", "number", "applicant", "home", "state_word", "handler", "district", "submitted_on"]
    list_display_links = ["number"]
    list_select_related = ["worker", "estate", "division", "taken_up_by", "preliminary_reviewer"]
    list_filter = [QueueFilter, ("state", WithoutDrafts), "unit_kind", EstateDistrictFilter]
    search_fields = ["number__exact"]
    search_help_text = _("申请编号，或申请人、家人的身份证号，须完全一致")
    ordering = [F("due_on").asc(nulls_last=True), "-submitted_at", "-pk"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PortalChangeList]:
        return ByDeadline

    @admin.display(description=_("期限"), ordering=F("due_on").asc(nulls_last=True))
    def due(self, row: HousingApplication) -> str:
        word = badge(row.due["word"], row.due["tone"])
        if row.due_on is None:
            return word
        provisional = _("（暂定）") if row.due_provisional else ""
        return format_html("{}<br><small>{}{}</small>", word, cn_date(row.due_on), provisional)

    @admin.display(description=_("申请人"))
    def applicant(self, row: HousingApplication) -> str:
        return masking.mask_name(row.worker.full_name)

    @admin.display(description=_("小区和户型"), ordering="estate")
    def home(self, row: HousingApplication) -> str:
        return f"{row.estate.name} · {row.get_unit_kind_display()}"

    @admin.display(description=_("状态"), ordering="state")
    def state_word(self, row: HousingApplication) -> str:
        return state_badge(row)

    @admin.display(description=_("经办"))
    def handler(self, row: HousingApplication) -> str:
        return str(row.preliminary_reviewer or row.taken_up_by or _("没有人受理"))

    @admin.display(description=_("区县"), ordering="division")
    def district(self, row: HousingApplication) -> str:
        return row.division.name

    @admin.display(description=_("提交"), ordering="submitted_at")
    def submitted_on(self, row: HousingApplication) -> str:
        return date_format(localtime(row.submitted_at), "Y-m-d")

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """The district is worth a column only for those who see more than one."""
        one = all(len(prefix) >= 6 for prefix in request.user.jurisdiction_prefixes())
        return [name for name in self.list_display if name != "district" or not one]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        """An exact number finds its application; an ID number those on which the person stands."""
        typed = term.strip()[:40]
        if not typed:
            return queryset, False
        if typed.upper().startswith("GZ-"):
            return queryset.filter(number=typed.upper()), False
        return queryset.of_person(blind_index("id_number", typed)), False

    def get_urls(self) -> list:
        own = [
            ("<int:pk>/decide/<slug:verb>/", self.decide, "decide"),
            ("<int:pk>/objection/<int:objection>/<slug:outcome>/", self.objection, "objection"),
            ("<int:pk>/reveal/<int:member>/", self.reveal, "reveal"),
        ]
        view = self.admin_site.admin_view
        name = "housing_housingapplication"
        return [*(path(route, view(act), name=f"{name}_{word}") for route, act, word in own), *super().get_urls()]

    def find(self, request: HttpRequest, pk: int) -> HousingApplication:
        """The application, if this person may see it; 404 otherwise, also for one of another district."""
        loaded = ("worker", "estate", "division", "preliminary_reviewer", "submitted_by")
        rows = self.get_queryset(request).select_related(*loaded)
        if found := rows.filter(pk=pk).first():
            return found
        raise Http404

    def render(self, request: HttpRequest, template: str, title: Any, **context: Any) -> TemplateResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/housing/{template}.html", {**shared, **context})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None):
        """The application's page instead of a form: everything here is written by decisions."""
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        row = self.find(request, int(object_id))
        return self.render(request, "application", row.number, **page.context(row, request.user, at=timezone.now()))

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        return acting.decide(self, request, self.find(request, pk), verb)

    def objection(self, request: HttpRequest, pk: int, objection: int, outcome: str) -> HttpResponse:
        return acting.objection(self, request, self.find(request, pk), objection, outcome)

    def reveal(self, request: HttpRequest, pk: int, member: int) -> HttpResponse:
        return acting.reveal(self, request, self.find(request, pk), member)
