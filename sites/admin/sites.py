"""Projects as prevention looks at them: duties with their days, facts with their source, months, and alerts ever."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import files
from core.admin import PortalModelAdmin, ask
from core.calendar import local_day
from core.divisions import name_of
from core.templatetags.ui import badge

from .. import knowing, kpi, policies, services, summary
from ..enums import AlertState
from ..forms import FactForm, ReasonForm
from ..models import Alert, Fact, Site
from ..ui import DUTY_TONES
from ..watch.months import before
from . import wording

ALERTS_SHOWN = 60


@admin.register(Site)
class SiteAdmin(PortalModelAdmin):
    list_display = ["loudest", "name", "code", "general_contractor", "place", "pay_day", "open_alerts"]
    list_display_links = ["name"]
    list_select_related = ["general_contractor"]
    search_fields = ["code__exact", "name__startswith"]
    search_help_text = gettext_lazy("项目编号，或项目名称的开头")
    ordering = ["-starts_on", "-pk"]
    change_list_template = "admin/sites/sites.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what is open at each; asked row by row, so that only a page's rows are looked at."""
        alerts = Alert.objects.filter(project=OuterRef("pk")).exclude(state=AlertState.CLOSED).order_by()
        of_project = alerts.values("project")
        return (
            super()
            .get_queryset(request)
            .annotate(
                loud=Subquery(of_project.annotate(loud=Max("level")).values("loud")),
                open=Subquery(of_project.annotate(open=Count("pk")).values("open")),
            )
        )

    @admin.display(description=gettext_lazy("预警"))
    def loudest(self, row: Site) -> SafeString:
        return wording.level(row.loud, short=True) if row.loud else badge(_("没有预警"), "neutral")

    @admin.display(description=gettext_lazy("所在区县"), ordering="division")
    def place(self, row: Site) -> str:
        return name_of(row.division[:6])

    @admin.display(description=gettext_lazy("没办结的预警"))
    def open_alerts(self, row: Site) -> int:
        return row.open or 0

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/facts/add/", view(self.add_fact), name="sites_site_add_fact"),
            path("<int:pk>/facts/<int:fact>/withdraw/", view(self.withdraw), name="sites_site_withdraw"),
            path("<int:pk>/facts/<int:fact>/evidence/", view(self.evidence), name="sites_site_evidence"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        at = timezone.now()
        context = {"tiles": kpi.tiles(request.user, at=at), "counted": kpi.month_counted(local_day(at))}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One project: what it must do, what is known, what its months were, and what was ever found."""
        row, today = self.row_or_404(request, object_id, "general_contractor"), local_day(timezone.now())
        duties = knowing.duties_of(row, on=today)
        alerts = row.alerts.select_related("rule").order_by("-found_at", "-pk")[:ALERTS_SHOWN]
        facts = row.facts.select_related("recorded_by", "withdrawn_by", "evidence").order_by("-day", "-pk")
        context = {
            **self.admin_site.each_context(request),
            "title": row.name,
            "opts": self.opts,
            "row": row,
            "place": name_of(row.division),
            "duties": [(duty, badge(str(duty.state.label), DUTY_TONES[duty.state])) for duty in duties],
            "facts": facts,
            "months": summary.months(row, since=before(today.replace(day=1), summary.SHOWN + 1)),
            "alerts": [(alert, wording.level(alert.level), wording.in_short(alert)) for alert in alerts],
            "alerts_shown": ALERTS_SHOWN,
            "may_record": policies.may_record(request.user, row),
        }
        return render(request, "admin/sites/site.html", context)

    def add_fact(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note one fact."""
        row = self.row_or_404(request, pk)
        self._require(request, row)
        bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        return ask(
            self,
            request,
            title=_("登记事项"),
            form=FactForm(*bound),
            act=lambda said: services.record(row, **said, by=request.user, at=timezone.now()),
            done=_("已登记。"),
            back=reverse("admin:sites_site_change", args=[row.pk]),
            template="admin/sites/fact_ask.html",
            row=row,
            fact=None,
        )

    def withdraw(self, request: HttpRequest, pk: int, fact: int) -> HttpResponse:
        """Say that a fact was wrong."""
        row = self.row_or_404(request, pk)
        self._require(request, row)
        found = row.facts.filter(Q(pk=fact), withdrawn_at__isnull=True).first()
        if found is None:
            raise Http404
        return ask(
            self,
            request,
            title=_("撤回事项"),
            form=ReasonForm(request.POST if request.method == "POST" else None),
            act=lambda said: services.withdraw(found, **said, by=request.user, at=timezone.now()),
            done=_("已撤回。"),
            back=reverse("admin:sites_site_change", args=[row.pk]),
            template="admin/sites/fact_ask.html",
            row=row,
            fact=found,
        )

    def evidence(self, request: HttpRequest, pk: int, fact: int) -> HttpResponse:
        """The paper or photo behind a fact."""
        row = self.row_or_404(request, pk)
        self._require(request, row)
        found = Fact.objects.filter(project=row.pk, pk=fact, evidence__isnull=False).first()
        if found is None:
            raise Http404
        return files.respond(found.evidence)

    def _require(self, request: HttpRequest, row: Site) -> None:
        if not policies.may_record(request.user, row):
            raise PermissionDenied
