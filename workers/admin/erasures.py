"""删除申请 for officials: one looks and proposes, another confirms; the data never stands on these pages."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, When
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, ui
from core.admin import PortalModelAdmin, ask
from core.calendar import local_day, workdays_between
from core.divisions import name_of
from core.templatetags.ui import badge, cn_datetime, state_badge

from ..forms.desk import ErasureForm
from ..models import ErasureRequest
from ..models.erasure import OPEN
from ..rights import erasing

VERBS = {
    "propose": (gettext_lazy("核对无误，提出删除"), erasing.propose),
    "confirm": (gettext_lazy("同意，马上删除"), erasing.confirm),
    "refuse": (gettext_lazy("不予删除"), erasing.refuse),
}
HAPPENED = {
    "workers.erasure_filed": gettext_lazy("本人提出"),
    "withdraw": gettext_lazy("本人撤回"),
    **{verb: title for verb, (title, _service) in VERBS.items()},
}


@admin.register(ErasureRequest)
class ErasureRequestAdmin(PortalModelAdmin):
    list_display = ["due", "state_word", "reference", "place", "filed_at", "proposed_by", "decided_by"]
    list_display_links = ["reference"]
    list_filter = ["state"]
    list_select_related = ["proposed_by", "decided_by"]
    search_fields = ["reference__exact"]
    search_help_text = gettext_lazy("申请编号")
    ordering = [Case(When(state__in=OPEN, then=0), default=1), "due_on", "pk"]

    @admin.display(description=gettext_lazy("期限"), ordering="due_on")
    def due(self, row: ErasureRequest) -> str:
        return badge(**_due(row))

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: ErasureRequest) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("区县"), ordering=F("district").asc())
    def place(self, row: ErasureRequest) -> str:
        return name_of(row.district)

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        own = path("<int:pk>/decide/<slug:verb>/", decide, name="workers_erasurerequest_decide")
        return [own, *super().get_urls()]

    def _row(self, request: HttpRequest, pk: Any) -> ErasureRequest:
        rows = self.get_queryset(request).select_related("worker", "proposed_by", "decided_by")
        row = rows.filter(pk=pk).first() if str(pk).isdecimal() and len(str(pk)) < 19 else None
        if row is None:
            raise Http404
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        row = self._row(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": row.reference,
            "opts": self.opts,
            "row": row,
            "due": _due(row),
            "facts": _facts(row),
            "against": erasing.reasons_against(row.worker, at=timezone.now()) if row.state in OPEN else [],
            "decisions": _decisions(request, row),
            "items": _timeline(row),
        }
        return render(request, "admin/workers/erasure.html", context)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One of the three steps; the second person is another one."""
        row = self._row(request, pk)
        if verb not in VERBS:
            raise Http404
        if not erasing.may_decide(request.user, row):
            raise PermissionDenied
        title, service = VERBS[verb]
        return ask(
            self,
            request,
            title=title,
            form=_form(request, verb),
            act=lambda said: service(row, by=request.user, at=timezone.now(), **said),
            done=_("已办理：{what}。").format(what=title),
            back=reverse("admin:workers_erasurerequest_change", args=[pk]),
            template="admin/workers/erasure_decide.html",
            row=row,
            verb=verb,
            facts=_facts(row),
        )


def _form(request: HttpRequest, verb: str) -> Form | None:
    return None if verb == "confirm" else ErasureForm(request.POST if request.method == "POST" else None)


def _decisions(request: HttpRequest, row: ErasureRequest) -> list[tuple[str, Any]]:
    if not erasing.may_decide(request.user, row):
        return []
    return [(verb, VERBS[verb][0]) for verb in row.FLOW.verbs_from(row.state) if verb in VERBS]


def _due(row: ErasureRequest) -> dict[str, str]:
    return ui.due(workdays_between(local_day(timezone.now()), row.due_on) if row.state in OPEN else None)


def _facts(row: ErasureRequest) -> list[tuple[Any, Any]]:
    return [
        (_("编号"), row.worker.worker_no),
        (_("区县"), name_of(row.district)),
        (_("提出时间"), cn_datetime(row.filed_at)),
        (_("承办人"), row.proposed_by or "—"),
        (_("审批人"), row.decided_by or "—"),
    ]


def _timeline(row: ErasureRequest) -> list[dict]:
    return [
        {
            "title": str(HAPPENED[entry.verb]),
            "state": "done",
            "when": cn_datetime(entry.at),
            "note": " · ".join(filter(None, [entry.actor, entry.reason])),
        }
        for entry in audit.timeline(row)
        if entry.verb in HAPPENED
    ]
