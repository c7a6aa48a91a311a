"""People who are twice in the registry: the queue, both rows side by side, and the decisions as pages of their own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, timelines
from core.admin import PortalModelAdmin, ask
from core.calendar import local_day
from core.templatetags.ui import cn_datetime, state_badge

from .. import policies
from ..models import TwinPair, TwinSearch, TwinState
from ..presentation import name_for
from ..twins import comparing, judging
from ..twins.reasons import LABELS

COMMON_PHONE = gettext_lazy("同一个手机号的人太多，手机号不作依据")
HAPPENED = {
    "propose": gettext_lazy("认为是同一人，等第二人复核"),
    "reopen": gettext_lazy("退回重新核对"),
    "merge": gettext_lazy("合并"),
    "differ": gettext_lazy("判定不是同一人"),
    "propose_unmerge": gettext_lazy("提出撤销合并，等第二人复核"),
    "keep": gettext_lazy("保持合并"),
    "unmerge": gettext_lazy("撤销合并"),
}
VERBS = {
    "same": gettext_lazy("是同一人"),
    "different": gettext_lazy("不是同一人"),
    "confirm": gettext_lazy("复核同意，合并"),
    "back": gettext_lazy("退回重新核对"),
    "separate": gettext_lazy("撤销合并"),
    "part": gettext_lazy("复核同意，撤销合并"),
    "keep": gettext_lazy("保持合并"),
}
RELATED = (
    *("worker_a", "worker_b", "survivor", "decided_by"),
    *(f"{side}__{name}" for side in ("worker_a", "worker_b") for name in ("intent", "provenance", "user")),
)
_SECOND = {"confirm", "part"}
_FROM = {
    TwinState.OPEN: ("same", "different"),
    TwinState.SAME: ("confirm", "different", "back"),
    TwinState.MERGED: ("separate",),
    TwinState.PARTING: ("part", "keep"),
    TwinState.DIFFERENT: (),
}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        min_length=4,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 28}),
        help_text=gettext_lazy("不要写身份证号和手机号。"),
    )


class SurvivorForm(forms.Form):
    survivor = forms.TypedChoiceField(
        label=gettext_lazy("合并后显示哪一份"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("另一份不会删除：它的内容和来源都保留，可以随时分开。"),
    )

    def __init__(self, *args: Any, pair: TwinPair, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = judging.rows_of(pair)
        self.fields["survivor"].choices = [(row.pk, f"{row.worker_no} {name_for(user, row)}") for row in rows]
        self.fields["survivor"].initial = judging.proposed_survivor(pair).pk


class StateFilter(admin.SimpleListFilter):
    """The queue is what waits for somebody; the rest is one click away."""

    title = gettext_lazy("状态")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, label in TwinState.choices if value != TwinState.OPEN]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        return queryset.filter(state=value if value in TwinState.values else TwinState.OPEN)

    def choices(self, changelist: Any) -> Any:
        everything, *rest = super().choices(changelist)
        yield everything | {"display": TwinState.OPEN.label}
        yield from rest


@admin.register(TwinPair)
class TwinPairAdmin(PortalModelAdmin):
    list_filter = [StateFilter]
    list_select_related = ["worker_a", "worker_b"]
    ordering = ["-score", "pk"]
    change_list_template = "admin/workers/twins.html"

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [_who(request, "worker_a"), _who(request, "worker_b"), "why", "score", "state_word", "found_on"]

    def get_list_display_links(self, request: HttpRequest, list_display: list[Any]) -> list[Any]:
        return list_display[:1]

    @admin.display(description=gettext_lazy("依据"))
    def why(self, pair: TwinPair) -> str:
        return in_words(pair)

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, pair: TwinPair) -> str:
        return state_badge(pair)

    @admin.display(description=gettext_lazy("发现时间"), ordering="found_at")
    def found_on(self, pair: TwinPair) -> str:
        return cn_datetime(pair.found_at)

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/<slug:verb>/", decide, name="workers_twinpair_decide"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        last = TwinSearch.objects.order_by("-pk").first()
        context = {"search": last, "skipped": _skipped(last)}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Both rows, masked, with the source of every value. Opening it is noted for both people."""
        pair, at = self.row_or_404(request, object_id, *RELATED), timezone.now()
        judging.note_viewed(pair, by=request.user, at=at)
        merge = judging.merge_of(pair)
        rows = judging.rows_of(pair)
        context = {
            **self.admin_site.each_context(request),
            "title": _("核对：{a} 和 {b}").format(a=rows[0].worker_no, b=rows[1].worker_no),
            "pair": pair,
            "opts": self.opts,
            "why": [LABELS.get(code, code) for code in pair.reasons],
            "heads": [_head(request, pair, row) for row in rows],
            "groups": comparing.compared(request.user, rows, on=local_day(at)),
            "takes_two": judging.takes_two(pair),
            "decisions": self._decisions(request, pair),
            "merge": merge,
            "moved": comparing.moved(merge) if merge else [],
            "items": timelines.all_steps(audit.timeline(pair), HAPPENED),
        }
        return render(request, "admin/workers/twins_pair.html", context)

    def _decisions(self, request: HttpRequest, pair: TwinPair) -> list[dict[str, Any]]:
        if not policies.may_judge_twins(request.user, pair):
            return []
        own_proposal = pair.decided_by_id == request.user.pk
        return [
            {"url": reverse("admin:workers_twinpair_decide", args=[pair.pk, verb]), "label": VERBS[verb]}
            for verb in _FROM[pair.state]
            if not (own_proposal and verb in _SECOND)
        ]

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Ask, then call the one service of the verb."""
        pair = self.row_or_404(request, pk, *RELATED)
        if verb not in VERBS:
            raise Http404
        if not policies.may_judge_twins(request.user, pair):
            raise PermissionDenied
        return ask(
            self,
            request,
            title=VERBS[verb],
            form=_form(request, pair, verb),
            act=lambda cleaned: _act(pair, verb, cleaned, by=request.user, at=timezone.now()),
            done=_("已记录。"),
            back=reverse("admin:workers_twinpair_change", args=[pair.pk]),
            template="admin/workers/twins_decide.html",
            pair=pair,
            verb=verb,
            takes_two=judging.takes_two(pair),
            names=[f"{row.worker_no} {name_for(request.user, row)}" for row in judging.rows_of(pair)],
        )


def _form(request: HttpRequest, pair: TwinPair, verb: str) -> forms.Form | None:
    data = request.POST if request.method == "POST" else None
    if verb == "same":
        return SurvivorForm(data, pair=pair, user=request.user)
    return None if verb in _SECOND else ReasonForm(data)


def _act(pair: TwinPair, verb: str, cleaned: dict, *, by: Any, at: Any) -> None:
    if verb == "same":
        survivor = next(row for row in judging.rows_of(pair) if row.pk == cleaned["survivor"])
        judging.same(pair, survivor, by=by, at=at)
    elif verb in _SECOND:
        {"confirm": judging.confirm, "part": judging.confirm_separation}[verb](pair, by=by, at=at)
    else:
        services = {
            "different": judging.different,
            "back": judging.send_back,
            "separate": judging.separate,
            "keep": judging.keep,
        }
        services[verb](pair, reason=cleaned["reason"], by=by, at=at)


def _who(request: HttpRequest, side: str) -> Callable[[TwinPair], str]:
    @admin.display(description=TwinPair._meta.get_field(side).verbose_name)
    def who(pair: TwinPair) -> str:
        row = getattr(pair, side)
        return f"{name_for(request.user, row)} {row.worker_no}"

    who.__name__ = {"worker_a": "first", "worker_b": "second"}[side]
    return who


def in_words(pair: TwinPair) -> str:
    return "；".join(str(LABELS.get(code, code)) for code in pair.reasons)


def _skipped(search: TwinSearch | None) -> list[dict[str, Any]]:
    counts = search.skipped if search else {}
    return [
        {"label": LABELS.get(code, COMMON_PHONE), "keys": keys, "people": people}
        for code, (keys, people) in counts.items()
    ]


def _head(request: HttpRequest, pair: TwinPair, row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "name": name_for(request.user, row),
        "proposed": pair.state in (TwinState.OPEN, TwinState.SAME)
        and row == (pair.survivor or judging.proposed_survivor(pair)),
        "shown": pair.state in (TwinState.MERGED, TwinState.PARTING) and row.merged_into_id is None,
    }
