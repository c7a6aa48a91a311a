"""委托 for officials: who may act for whom, until when, on what proof. The one act here is ending one, with reason."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PortalModelAdmin, ask
from core.masking import holds_number
from core.templatetags.ui import badge, cn_date, cn_datetime

from .. import policies, services
from ..enums import MandateScope
from ..forms.desk import EndMandateForm
from ..models import Mandate, Worker
from ..presentation import name_for

SOON = timedelta(days=30)


class StandingFilter(admin.SimpleListFilter):
    """Whether a mandate is in force follows from three moments, not from a column."""

    title = gettext_lazy("状态")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("live", _("有效")), ("soon", _("30 天内到期")), ("over", _("已到期")), ("ended", _("已结束"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        at = timezone.now()
        narrowed = {
            "live": queryset.live(at),
            "soon": queryset.live(at).filter(expires_at__lte=at + SOON),
            "over": queryset.filter(expires_at__lte=at, ended_at__isnull=True),
            "ended": queryset.filter(ended_at__isnull=False),
        }
        return narrowed.get(self.value(), queryset)


@admin.register(Mandate)
class MandateAdmin(PortalModelAdmin):
    """Workers appear by number: whoever wants more opens their page, which is noted there."""

    list_display = ["worker", "standing", "broker", "matters", "evidence", "granted_at", "expires_at"]
    list_display_links = ["worker"]
    list_filter = [StandingFilter, "evidence"]
    list_select_related = ["worker", "broker"]
    search_fields = ["worker__worker_no"]
    search_help_text = gettext_lazy("农民工编号，或经纪人的姓名")
    ordering = ["-pk"]

    @admin.display(description=gettext_lazy("状态"))
    def standing(self, row: Mandate) -> str:
        return badge(**standing(row, at=timezone.now()))

    @admin.display(description=gettext_lazy("委托事项"))
    def matters(self, row: Mandate) -> str:
        return matters(row)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """A merged row's number leads to the person, as in the list of workers."""
        typed = search_term.strip()
        if not typed:
            return queryset, False
        if holds_number(typed):
            return queryset.none(), False
        people = Worker.objects.with_number(typed.upper())
        return queryset.filter(Q(worker__in=people) | Q(broker__display_name=typed)), False

    def get_urls(self) -> list:
        end = self.admin_site.admin_view(self.end)
        return [path("<int:pk>/decide/end/", end, name="workers_mandate_end"), *super().get_urls()]

    def _row(self, request: HttpRequest, pk: Any) -> Mandate:
        rows = self.get_queryset(request).select_related("worker", "broker", "ended_by")
        row = rows.filter(pk=pk).first() if str(pk).isdecimal() and len(str(pk)) < 19 else None
        if row is None:
            raise Http404
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        row, at = self._row(request, object_id), timezone.now()
        _note(request, row, at)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{row.worker.worker_no} · {row.broker}",
            "opts": self.opts,
            "row": row,
            "standing": standing(row, at=at),
            "facts": _facts(request, row),
            "may_end": row.ended_at is None and policies.may_end_mandate(request.user, row),
            "items": _timeline(row),
        }
        return render(request, "admin/workers/mandate.html", context)

    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        """At once, with a reason that both sides are told to look up."""
        row = self._row(request, pk)
        if not policies.may_end_mandate(request.user, row):
            raise PermissionDenied
        _note(request, row, timezone.now())
        return ask(
            self,
            request,
            title=_("结束委托"),
            form=EndMandateForm(request.POST if request.method == "POST" else None),
            act=lambda said: services.end_mandate(row, by=request.user, at=timezone.now(), **said),
            done=_("委托已结束，本人和经纪人会收到通知。"),
            back=reverse("admin:workers_mandate_change", args=[row.pk]),
            template="admin/workers/mandate_end.html",
            row=row,
            facts=_facts(request, row),
        )


def standing(row: Mandate, *, at: datetime) -> dict[str, str]:
    """A badge: in force, about to expire, expired, ended."""
    if row.ended_at is not None:
        return {"word": _("已结束"), "tone": "neutral"}
    if row.expires_at <= at:
        return {"word": _("已到期"), "tone": "neutral"}
    if row.expires_at <= at + SOON:
        return {"word": _("30 天内到期"), "tone": "warn"}
    return {"word": _("有效"), "tone": "ok"}


def matters(row: Mandate) -> str:
    names = dict(MandateScope.choices)
    return "、".join(str(names[code]) for code in row.scope)


def _note(request: HttpRequest, row: Mandate, at: datetime) -> None:
    """These pages name the person."""
    services.note_viewed(row.worker, by=request.user, at=at, purpose=_("查看委托"))


def _facts(request: HttpRequest, row: Mandate) -> list[tuple[Any, Any]]:
    facts = [
        (_("农民工"), f"{name_for(request.user, row.worker)} {row.worker.worker_no}"),
        (_("劳务经纪人"), row.broker),
        (_("委托事项"), matters(row)),
        (_("凭据"), " ".join(filter(None, [str(row.get_evidence_display()), row.evidence_ref]))),
        (_("委托时间"), cn_datetime(row.granted_at)),
        (_("到期"), cn_date(row.expires_at)),
    ]
    return [*facts, (_("结束"), f"{cn_datetime(row.ended_at)} · {row.ended_by}")] if row.ended_at else facts


def _timeline(row: Mandate) -> list[dict]:
    titles = {"workers.mandate": _("委托"), "workers.mandate_ended": _("结束委托")}
    return [
        {
            "title": titles[entry.verb],
            "state": "done",
            "when": cn_datetime(entry.at),
            "note": " · ".join(filter(None, [entry.actor, entry.reason])),
        }
        for entry in services.trail_of(row.worker).filter(verb__in=titles, data__mandate=row.pk).order_by("-id")
    ]
