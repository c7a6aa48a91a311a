"""Reports in the officials' site: preview, publish and withdraw as buttons that call services."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.admin import PortalModelAdmin
from core.errors import Refusal
from core.templatetags.ui import state_badge

from . import policies, services
from .enums import Origin
from .forms import BuildForm, ReasonForm
from .models import Report

VERBS = {"publish": gettext_lazy("发布"), "withdraw": gettext_lazy("撤回")}
_ALLOWED = {"publish": policies.may_publish, "withdraw": policies.may_withdraw}
_FORMS: dict[str, type[Form]] = {"publish": Form, "withdraw": ReasonForm}
# How the audit trail's verbs read in a timeline.
HAPPENED = {**VERBS, "build": gettext_lazy("编制"), "supersede": gettext_lazy("由新版代替")}


@admin.register(Report)
class ReportAdmin(PortalModelAdmin):
    list_display = ["state_word", "period", "version", "snapshot_on", "built_at", "published_at", "preview"]
    list_display_links = ["period"]
    list_filter = ["state", "origin"]
    search_fields = ["period__exact"]
    search_help_text = gettext_lazy("月份，例如 2026-10")
    ordering = ["-period", "-version", "-pk"]
    fields = [
        "state_word",
        "preview",
        "period",
        "version",
        "snapshot_on",
        "definitions",
        "origin",
        "built_at",
        "built_by",
        "published_at",
        "published_by",
    ]
    readonly_fields = fields
    change_form_template = "admin/monitoring/report.html"
    change_list_template = "admin/monitoring/reports.html"

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: Report) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("报告页"))
    def preview(self, row: Report) -> str:
        url = reverse("monitoring:city", args=[row.period])
        return format_html('<a href="{}?version={}">{}</a>', url, row.version, _("打开报告"))

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("build/", view(self.build), name="monitoring_report_build"),
            path("<int:pk>/decide/<slug:verb>/", view(self.decide), name="monitoring_report_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        context = {**(extra_context or {}), "may_build": policies.may_build(request.user)}
        return super().changelist_view(request, context)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        context["verbs"] = [
            (verb, VERBS[verb])
            for verb in row.FLOW.verbs_from(row.state)
            if verb in VERBS and _ALLOWED[verb](request.user, row)
        ]
        context["entries"] = [(entry, HAPPENED.get(entry.verb, "")) for entry in audit.timeline(row)]
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Publish or withdraw: GET asks, POST calls the service; a refusal stays on the page as a sentence."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or verb not in VERBS:
            raise Http404
        if not _ALLOWED[verb](request.user, row):
            raise PermissionDenied
        form = _FORMS[verb](request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                getattr(services, verb)(row, **form.cleaned_data, by=request.user, at=timezone.now())
            except Refusal as no:
                form.add_error(no.field if no.field in form.fields else None, no.message)
            else:
                messages.success(request, _("已办理：{verb}。").format(verb=VERBS[verb]))
                return redirect("admin:monitoring_report_change", row.pk)
        return self._ask(request, form, title=VERBS[verb], row=row, verb=verb)

    def build(self, request: HttpRequest) -> HttpResponse:
        """Compute a month now: a draft to look at before publishing."""
        if not policies.may_build(request.user):
            raise PermissionDenied
        form = BuildForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            origin = Origin.DEMO if settings.DEMO else Origin.REGISTRY
            try:
                row = services.build(form.cleaned_data["period"], by=request.user, at=timezone.now(), origin=origin)
            except Refusal as no:
                form.add_error(no.field if no.field in form.fields else None, no.message)
            else:
                messages.success(request, _("已编制 {period} 第 {n} 版。").format(period=row.period, n=row.version))
                return redirect("admin:monitoring_report_change", row.pk)
        return self._ask(request, form, title=_("编制报告"), row=None, verb="build")

    def _ask(self, request: HttpRequest, form: Form, **context: Any) -> HttpResponse:
        frame = self.admin_site.each_context(request)
        return render(request, "admin/monitoring/decide.html", {**frame, **context, "form": form, "opts": self.opts})
