"""更正申请 for officials: what is due first on top, filtered by department, decided by buttons with reasons."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, When
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.filters import DistrictFilter
from core import audit, files, ui
from core.admin import PortalModelAdmin, ask
from core.calendar import local_day, workdays_between
from core.divisions import name_of
from core.templatetags.ui import badge, cn_date, cn_datetime, state_badge

from ..disputes import deciding
from ..disputes.filing import BY_NUMBER
from ..disputes.history import said_about
from ..enums import Source
from ..forms.desk import PassOnForm, RefuseForm, TakeForm
from ..models import Dispute, DisputeState
from ..presentation import in_words, name_for, text_in_words
from ..sources import source_words

VERBS = {
    "take": (gettext_lazy("采纳并更正"), deciding.take),
    "refuse": (gettext_lazy("不采纳"), deciding.refuse),
    "pass_on": (gettext_lazy("转交其他部门"), deciding.pass_on),
}
HAPPENED = {
    "workers.dispute_filed": gettext_lazy("本人提出"),
    "withdraw": gettext_lazy("本人撤回"),
    **{verb: title for verb, (title, _service) in VERBS.items()},
}


class DueFilter(admin.SimpleListFilter):
    title = gettext_lazy("期限")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("overdue", _("已超期")), ("today", _("今天到期"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        waiting, today = queryset.filter(state=DisputeState.OPEN), local_day(timezone.now())
        narrowed = {"overdue": waiting.filter(due_on__lt=today), "today": waiting.filter(due_on=today)}
        return narrowed.get(self.value(), queryset)


class DisputeDistrictFilter(DistrictFilter):
    lookup = "district"


@admin.register(Dispute)
class DisputeAdmin(PortalModelAdmin):
    list_display = ["due", "state_word", "reference", "about", "department", "place", "filed_at", "decided_by"]
    list_display_links = ["reference"]
    list_filter = [DueFilter, "state", "department", DisputeDistrictFilter]
    list_select_related = ["decided_by"]
    search_fields = ["reference__exact"]
    search_help_text = gettext_lazy("申请编号")
    ordering = [Case(When(state=DisputeState.OPEN, then=0), default=1), "due_on", "pk"]

    @admin.display(description=gettext_lazy("期限"), ordering="due_on")
    def due(self, row: Dispute) -> str:
        return badge(**_due(row))

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: Dispute) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("哪一项"))
    def about(self, row: Dispute) -> str:
        return str(BY_NUMBER[row.indicator].label)

    @admin.display(description=gettext_lazy("区县"), ordering=F("district").asc())
    def place(self, row: Dispute) -> str:
        return name_of(row.district)

    def get_urls(self) -> list:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/decide/<slug:verb>/", guard(self.decide), name="workers_dispute_decide"),
            path("<int:pk>/photo/", guard(self.photo), name="workers_dispute_photo"),
            *super().get_urls(),
        ]

    def _row(self, request: HttpRequest, pk: Any) -> Dispute:
        rows = self.get_queryset(request).select_related("worker", "worker__provenance", "photo", "decided_by")
        row = rows.filter(pk=pk).first() if str(pk).isdecimal() and len(str(pk)) < 19 else None
        if row is None:
            raise Http404
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One dispute. Whoever may decide reads what the worker wrote, which is noted; others see that it exists."""
        row = self._row(request, object_id)
        reads = deciding.may_decide(request.user, row)
        if reads:
            deciding.note_reading(row, by=request.user, at=timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "title": row.reference,
            "opts": self.opts,
            "row": row,
            "due": _due(row),
            "facts": _facts(request, row, reads=reads),
            "said": said_about(row.worker, [BY_NUMBER[row.indicator]]).get(BY_NUMBER[row.indicator].code, [])[1:]
            if reads
            else [],
            "has_photo": reads and row.photo is not None,
            "decisions": [(verb, title) for verb, (title, _service) in VERBS.items()]
            if reads and row.state == DisputeState.OPEN
            else [],
            "items": _timeline(row),
        }
        return render(request, "admin/workers/dispute.html", context)

    def photo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The paper the worker added; opening it is on record like the page."""
        row = self._row(request, pk)
        if row.photo is None:
            raise Http404
        if not deciding.may_decide(request.user, row):
            raise PermissionDenied
        deciding.note_reading(row, by=request.user, at=timezone.now())
        return files.respond(row.photo)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One of the three steps."""
        row = self._row(request, pk)
        if verb not in VERBS:
            raise Http404
        if not deciding.may_decide(request.user, row):
            raise PermissionDenied
        deciding.note_reading(row, by=request.user, at=timezone.now())  # the page tells what the worker wrote
        title, service = VERBS[verb]
        return ask(
            self,
            request,
            title=title,
            form=_form(request, row, verb),
            act=lambda said: service(row, by=request.user, at=timezone.now(), **said),
            done=_("已办理：{what}。").format(what=title),
            back=_back(row, verb),
            template="admin/workers/dispute_decide.html",
            row=row,
            facts=_facts(request, row, reads=True),
            verb=verb,
            department=Source(row.department).label,
        )


def _back(row: Dispute, verb: str) -> str:
    """The dispute, or the list where it may have gone to another district."""
    if verb == "pass_on":
        return reverse("admin:workers_dispute_changelist")
    return reverse("admin:workers_dispute_change", args=[row.pk])


def _form(request: HttpRequest, row: Dispute, verb: str) -> Form:
    data = request.POST if request.method == "POST" else None
    if verb == "pass_on":
        return PassOnForm(data, department=row.department)
    return (TakeForm if verb == "take" else RefuseForm)(data)


def _due(row: Dispute) -> dict[str, str]:
    if row.state != DisputeState.OPEN:
        return ui.due(None)
    return ui.due(workdays_between(local_day(timezone.now()), row.due_on))


def _facts(request: HttpRequest, row: Dispute, *, reads: bool) -> list[tuple[Any, Any]]:
    indicator = BY_NUMBER[row.indicator]
    facts = [
        (_("哪一项"), indicator.label),
        (_("负责部门"), Source(row.department).label),
        (_("区县"), name_of(row.district)),
        (_("答复期限"), f"{cn_date(row.due_on)}{_('（暂定）') if row.due_provisional else ''}"),
    ]
    if not reads:
        return facts
    answer = [(_("答复"), row.answer.open())] if row.answer else []
    return [
        (_("本人"), f"{name_for(request.user, row.worker)} {row.worker.worker_no}"),
        *facts,
        (_("现在登记的"), in_words(row.worker, indicator) or "—"),
        (_("来源"), source_words(row.worker, indicator) or "—"),
        (_("本人说应当是"), text_in_words(indicator, row.claimed.open()) if row.claimed else _("没有内容")),
        (_("理由"), row.reason.open() if row.reason else "—"),
        *answer,
    ]


def _timeline(row: Dispute) -> list[dict]:
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
