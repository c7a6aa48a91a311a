"""Reports in the officials' site: ordering, preview, publishing and withdrawing as buttons that call services."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.admin import PortalModelAdmin, ask
from core.templatetags.ui import state_badge

from . import policies, progress, services
from .enums import Origin, ReportState
from .forms import BuildForm, PublishForm, ReasonForm
from .models import BuildOrder, Report

VERBS = {"publish": gettext_lazy("发布"), "withdraw": gettext_lazy("撤回")}
_ALLOWED = {"publish": policies.may_publish, "withdraw": policies.may_withdraw}
_FORMS = {"publish": PublishForm, "withdraw": ReasonForm}
_TEMPLATE = "admin/monitoring/decide.html"
_ORDERS_SHOWN = 3
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
            path("orders/<int:pk>/", view(self.order), name="monitoring_report_order"),
            path("<int:pk>/decide/<slug:verb>/", view(self.decide), name="monitoring_report_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        at = timezone.now()
        newest = BuildOrder.objects.newest_first().select_related("ordered_by", "report")[:_ORDERS_SHOWN]
        orders = [(row, progress.of(row, at=at)) for row in newest]
        context = {"may_build": policies.may_build(request.user), "orders": orders}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        context["verbs"] = [
            (verb, VERBS[verb])
            for verb in row.FLOW.verbs_from(row.state)
            if verb in VERBS and _ALLOWED[verb](request.user)
        ]
        own = row.state == ReportState.DRAFT and not policies.is_another(request.user, row)
        context["own_draft"] = own and policies.may_publish(request.user)
        if own:
            context["verbs"] = [pair for pair in context["verbs"] if pair[0] != "publish"]
        context["entries"] = [(entry, HAPPENED.get(entry.verb, "")) for entry in audit.timeline(row)]
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Publish or withdraw."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or verb not in VERBS:
            raise Http404
        if not _ALLOWED[verb](request.user):
            raise PermissionDenied
        form = _FORMS[verb](request.POST if request.method == "POST" else None, report=row)
        return ask(
            self,
            request,
            title=VERBS[verb],
            form=form,
            act=lambda said: getattr(services, verb)(row, **said, by=request.user, at=timezone.now()),
            done=_("已办理：{verb}。").format(verb=VERBS[verb]),
            back=reverse("admin:monitoring_report_change", args=[row.pk]),
            template=_TEMPLATE,
            row=row,
            verb=verb,
        )

    def build(self, request: HttpRequest) -> HttpResponse:
        """Order a month; the background builds it, and the order's page says how far it is."""
        if not policies.may_build(request.user):
            raise PermissionDenied
        ordered: list[BuildOrder] = []
        origin = Origin.DEMO if settings.DEMO else Origin.REGISTRY

        def act(said: dict) -> None:
            ordered.append(services.order_build(said["period"], by=request.user, at=timezone.now(), origin=origin))

        answer = ask(
            self,
            request,
            title=_("编制报告"),
            form=BuildForm(request.POST if request.method == "POST" else None),
            act=act,
            done=_("已下单，系统正在编制。"),
            back=reverse("admin:monitoring_report_changelist"),
            template=_TEMPLATE,
            row=None,
            verb="build",
        )
        return redirect("admin:monitoring_report_order", ordered[0].pk) if ordered else answer

    def order(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How an order stands. While it moves, who asks for it (`?follow`) has the page load itself again, without a
        script; nobody is surprised by it."""
        row = BuildOrder.objects.select_related("ordered_by", "report").filter(pk=pk).first()
        if row is None:
            raise Http404
        now = progress.of(row, at=timezone.now())
        context = {"order": row, "progress": now, "opts": self.opts, "follows": now.moving and "follow" in request.GET}
        frame = self.admin_site.each_context(request)
        title = _("编制 {period}").format(period=row.period)
        return render(request, "admin/monitoring/order.html", {**frame, **context, "title": title})
