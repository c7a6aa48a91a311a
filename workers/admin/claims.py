"""纸质委托 for officials: what is due first on top, the paper to look at, yes or no with a reason."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, When
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

from ..enums import MandateScope
from ..forms.claims import ClaimForm
from ..freshness.updating import phone_of
from ..models import ClaimState, MandateClaim
from ..presentation import name_for
from ..services import claims

VERBS = {
    "accept": (gettext_lazy("核对无误，生效"), claims.accept),
    "refuse": (gettext_lazy("不通过"), claims.refuse),
}
HAPPENED = {
    "workers.claim_filed": gettext_lazy("经纪人提交"),
    "object": gettext_lazy("本人否认"),
    "withdraw": gettext_lazy("经纪人撤回"),
    **{verb: title for verb, (title, _service) in VERBS.items()},
}


class ClaimDueFilter(admin.SimpleListFilter):
    title = gettext_lazy("期限")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("overdue", _("已超期")), ("today", _("今天到期"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        waiting, today = queryset.filter(state=ClaimState.WAITING), local_day(timezone.now())
        narrowed = {"overdue": waiting.filter(due_on__lt=today), "today": waiting.filter(due_on=today)}
        return narrowed.get(self.value(), queryset)


class ClaimDistrictFilter(DistrictFilter):
    lookup = "district"


@admin.register(MandateClaim)
class MandateClaimAdmin(PortalModelAdmin):
    list_display = ["due", "state_word", "reference", "broker", "place", "filed_at", "decided_by"]
    list_display_links = ["reference"]
    list_filter = [ClaimDueFilter, "state", ClaimDistrictFilter]
    list_select_related = ["broker", "decided_by"]
    search_fields = ["reference__exact"]
    search_help_text = gettext_lazy("委托书编号")
    ordering = [Case(When(state=ClaimState.WAITING, then=0), default=1), "due_on", "pk"]

    @admin.display(description=gettext_lazy("期限"), ordering="due_on")
    def due(self, row: MandateClaim) -> str:
        return badge(**_due(row))

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: MandateClaim) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("区县"), ordering=F("district").asc())
    def place(self, row: MandateClaim) -> str:
        return name_of(row.district)

    def get_urls(self) -> list:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/decide/<slug:verb>/", guard(self.decide), name="workers_mandateclaim_decide"),
            path("<int:pk>/photo/", guard(self.photo), name="workers_mandateclaim_photo"),
            *super().get_urls(),
        ]

    def _row(self, request: HttpRequest, pk: Any) -> MandateClaim:
        rows = self.get_queryset(request).select_related("worker__user", "broker", "photo", "decided_by")
        row = rows.filter(pk=pk).first() if str(pk).isdecimal() and len(str(pk)) < 19 else None
        if row is None:
            raise Http404
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One paper. Whoever may decide sees whose it is, which is noted; others see that it exists."""
        row = self._row(request, object_id)
        reads = claims.may_decide(request.user, row)
        if reads:
            claims.note_reading(row, by=request.user, at=timezone.now())
        decidable = reads and row.state == ClaimState.WAITING
        context = {
            **self.admin_site.each_context(request),
            "title": row.reference,
            "opts": self.opts,
            "row": row,
            "due": _due(row),
            "facts": _facts(request, row, reads=reads),
            "has_photo": reads,
            "decisions": [(verb, title) for verb, (title, _service) in VERBS.items()] if decidable else [],
            "items": _timeline(row),
        }
        return render(request, "admin/workers/claim.html", context)

    def photo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The signed paper; opening it is on record like the page."""
        row = self._row(request, pk)
        if not claims.may_decide(request.user, row):
            raise PermissionDenied
        claims.note_reading(row, by=request.user, at=timezone.now())
        return files.respond(row.photo)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Yes or no."""
        row = self._row(request, pk)
        if verb not in VERBS:
            raise Http404
        if not claims.may_decide(request.user, row):
            raise PermissionDenied
        claims.note_reading(row, by=request.user, at=timezone.now())
        title, service = VERBS[verb]
        return ask(
            self,
            request,
            title=title,
            form=ClaimForm(request.POST if request.method == "POST" else None),
            act=lambda said: service(row, by=request.user, at=timezone.now(), **said),
            done=_("已办理：{what}。").format(what=title),
            back=reverse("admin:workers_mandateclaim_change", args=[row.pk]),
            template="admin/workers/claim_decide.html",
            row=row,
            facts=_facts(request, row, reads=True),
            verb=verb,
        )


def _due(row: MandateClaim) -> dict[str, str]:
    if row.state != ClaimState.WAITING:
        return ui.due(None)
    return ui.due(workdays_between(local_day(timezone.now()), row.due_on))


def _facts(request: HttpRequest, row: MandateClaim, *, reads: bool) -> list[tuple[Any, Any]]:
    scopes = dict(MandateScope.choices)
    facts = [
        (_("劳务经纪人"), row.broker.display_name),
        (_("委托事项"), "、".join(str(scopes[code]) for code in row.scope)),
        (_("区县"), name_of(row.district)),
        (_("核对期限"), f"{cn_date(row.due_on)}{_('（暂定）') if row.due_provisional else ''}"),
    ]
    if not reads:
        return facts
    told = _("已发短信告诉他") if phone_of(row.worker) else _("没有他本人的手机号，请打电话或当面核对")
    answer = [(_("理由"), row.answer.open())] if row.answer else []
    return [
        (_("本人"), f"{name_for(request.user, row.worker)} {row.worker.worker_no}"),
        (_("本人知道吗"), told),
        *facts,
        *answer,
    ]


def _timeline(row: MandateClaim) -> list[dict]:
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
