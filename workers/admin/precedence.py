"""How much each source counts, in the officials' site: the table by groups, and changes of one indicator."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PortalModelAdmin, ask

from .. import policies
from ..forms.precedence import RanksForm
from ..models import Precedence, RankChange
from ..ranking import rank_changes
from . import precedence_page
from .reloading import render_moving

VERBS: dict[str, tuple[Any, Callable]] = {
    "confirm": (gettext_lazy("按新等级生效"), rank_changes.confirm),
    "drop": (gettext_lazy("放弃这项改动"), rank_changes.drop),
}
# Which change is to be set back, in the address of the form.
BACK = "back"


@admin.register(Precedence)
class PrecedenceAdmin(PortalModelAdmin):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_see_imports(request.user)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("group/<slug:letter>/", view(self.group), name="workers_precedence_group"),
            path("indicator/<int:number>/", view(self.indicator), name="workers_precedence_indicator"),
            path("changes/<int:pk>/", view(self.change), name="workers_precedence_rank_change"),
            path("changes/<int:pk>/decide/<slug:verb>/", view(self.decide), name="workers_precedence_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The groups, and what was changed last."""
        _require_sight(request)
        context = {"groups": precedence_page.groups(), "changes": precedence_page.newest()}
        return self._render(request, "admin/workers/precedences.html", _("来源优先级"), **context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """A single cell has no page of its own."""
        _require_sight(request)
        row = Precedence.objects.filter(pk=object_id).first() if object_id.isdecimal() and len(object_id) < 19 else None
        if row is None:
            raise Http404
        letter = precedence_page.BY_NUMBER[row.indicator].group
        return redirect("admin:workers_precedence_group", letter)

    def group(self, request: HttpRequest, letter: str) -> HttpResponse:
        """The matrix of one group."""
        _require_sight(request)
        if letter not in precedence_page.GROUPS:
            raise Http404
        label = precedence_page.GROUPS[letter]
        may_set = policies.may_set_precedence(request.user)
        context = {**precedence_page.matrix(letter), "may_set": may_set, "groups": precedence_page.groups()}
        title = _("来源优先级：{group}").format(group=label)
        return self._render(request, "admin/workers/precedence_group.html", title, letter=letter, **context)

    def indicator(self, request: HttpRequest, number: int) -> HttpResponse:
        """Ask for new ranks of one indicator; the background then says whom that touches."""
        _require_setting(request)
        indicator = precedence_page.BY_NUMBER.get(number)
        if indicator is None or not rank_changes.changeable(indicator):
            raise Http404
        asked: list[RankChange] = []
        form = RanksForm(
            request.POST if request.method == "POST" else None,
            indicator=indicator,
            ranks=self._proposed(request, number) or rank_changes.present(indicator),
        )

        def act(said: dict) -> None:
            asked.append(
                rank_changes.ask(indicator, form.ranks(), reason=said["reason"], by=request.user, at=timezone.now())
            )

        answer = ask(
            self,
            request,
            title=_("改“{label}”的优先级").format(label=indicator.label),
            form=form,
            act=act,
            done=_("已提出，正在统计影响；现在还没有改。"),
            back=reverse("admin:workers_precedence_group", args=[indicator.group]),
            template="admin/workers/precedence_ask.html",
            indicator=indicator,
            group=precedence_page.GROUPS[indicator.group],
            sources=form.rows(),
        )
        return redirect("admin:workers_precedence_rank_change", asked[0].pk) if asked else answer

    def _proposed(self, request: HttpRequest, number: int) -> dict[int, int]:
        """The ranks before a change that somebody wants to set back."""
        back = request.GET.get(BACK, "")
        if not back.isdecimal() or len(back) > 18:
            return {}
        change = RankChange.objects.visible_to(request.user).filter(pk=back, indicator=number).first()
        return {int(source): rank for source, rank in change.before.items()} if change else {}

    def _change(self, request: HttpRequest, pk: int) -> RankChange:
        row = RankChange.objects.visible_to(request.user).select_related("asked_by").filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def change(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One change. While the background is at it, the page loads itself again."""
        row = self._change(request, pk)
        context = precedence_page.context(row, request.user, at=timezone.now())
        context["verbs"] = [(verb, label) for verb, (label, _act) in VERBS.items()] if context["may_decide"] else []
        title = _("“{label}”的优先级改动").format(label=context["indicator"].label)
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        page = {**frame, **context}
        return render_moving(request, "admin/workers/precedence_change.html", page, moving=context["moving"])

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Put the new ranks in force, or leave them."""
        row = self._change(request, pk)
        if verb not in VERBS:
            raise Http404
        _require_setting(request)
        title, service = VERBS[verb]
        return ask(
            self,
            request,
            title=title,
            form=None,
            act=lambda _said: service(row, by=request.user, at=timezone.now()),
            done=_("已办理：{what}。").format(what=title),
            back=reverse("admin:workers_precedence_rank_change", args=[row.pk]),
            template="admin/workers/precedence_decide.html",
            verb=verb,
            **precedence_page.context(row, request.user, at=timezone.now()),
        )

    def _render(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, template, {**frame, **context})


def _require_sight(request: HttpRequest) -> None:
    if not policies.may_see_imports(request.user):
        raise PermissionDenied


def _require_setting(request: HttpRequest) -> None:
    if not policies.may_set_precedence(request.user):
        raise PermissionDenied
