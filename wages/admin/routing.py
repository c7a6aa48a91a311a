"""Routing rules: the list in its order, proposing one, what it would have changed, and switching it on or off."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_city_official
from core.admin import PortalModelAdmin, ask
from core.calendar import local_day
from core.divisions import name_of
from core.templatetags.ui import badge, cn_date, fen, fen_short

from .. import services
from ..forms.routing import ProposeRule
from ..models import RoutingRule
from .acting import posted

ASK = "admin/wages/rule_ask.html"


def conditions(row: RoutingRule) -> list[tuple[Any, Any]]:
    """What must hold, as label and words; an empty list fits every case."""
    known = [
        (_("类别"), row.get_kind_display() if row.kind else ""),
        (_("领域"), row.get_field_type_display() if row.field_type else ""),
        (_("用工地"), (name_of(row.place) or row.place) if row.place else ""),
        (_("单位"), row.get_employer_kind_display() if row.employer_kind else ""),
        (_("金额不少于"), fen(row.amount_from_fen) if row.amount_from_fen is not None else ""),
        (_("人数不少于"), row.headcount_from or ""),
    ]
    return [(label, value) for label, value in known if value]


def goes_to(row: RoutingRule) -> str:
    return name_of(row.office) if row.office else str(_("用工地的区县"))


@admin.register(RoutingRule)
class RoutingRuleAdmin(PortalModelAdmin):
    list_display = ["order", "title", "fits", "target", "strategy", "state_word", "days"]
    list_display_links = ["title"]
    ordering = ["order", "pk"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_city_official(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_city_official(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_city_official(request.user)

    @admin.display(description=_("条件"))
    def fits(self, row: RoutingRule) -> str:
        return "；".join(f"{label} {value}" for label, value in conditions(row)) or str(_("所有案件"))

    @admin.display(description=_("交给"))
    def target(self, row: RoutingRule) -> str:
        return goes_to(row)

    @admin.display(description=_("状态"))
    def state_word(self, row: RoutingRule) -> str:
        if row.is_on:
            return badge(_("在用"), "ok")
        return badge(_("已停用"), "neutral") if row.switched_off_at else badge(_("待启用"), "warn")

    @admin.display(description=_("起止"))
    def days(self, row: RoutingRule) -> str:
        first = cn_date(row.valid_from)
        return f"{first} – {cn_date(row.valid_to)}" if row.valid_to else str(_("{day} 起").format(day=first))

    def get_urls(self) -> list:
        switch = self.admin_site.admin_view(self.switch)
        return [path("<int:pk>/switch/<slug:way>/", switch, name="wages_routingrule_switch"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return ask(
            self,
            request,
            title=_("提出分案规则"),
            form=ProposeRule(posted(request), today=local_day(timezone.now())),
            act=lambda cleaned: services.propose_rule(**cleaned, by=request.user, at=timezone.now()),
            done=_("规则已提出。请先看它会改变什么，再由另一名市级工作人员启用。"),
            back=reverse("admin:wages_routingrule_changelist"),
            template=ASK,
        )

    def _find(self, request: HttpRequest, pk: int) -> RoutingRule:
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = RoutingRule.objects.select_related("proposed_by", "switched_on_by").filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None):
        """The rule, and what the last twelve months would have been with it."""
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        row = self._find(request, int(object_id))
        found = services.simulate(row, at=timezone.now())
        largest = sorted(found.offices, key=lambda line: -abs(line[2] - line[1]))
        context = {
            "rule": row,
            "conditions": conditions(row),
            "goes_to": goes_to(row),
            "state_word": self.state_word(row),
            "days": self.days(row),
            "found": found,
            "offices": [
                {"name": name_of(code) or code, "before": before, "after": after, "change": after - before}
                for code, before, after in largest
                if after != before
            ],
            "examples": [
                {
                    "case": one,
                    "amount": fen_short(one.amount_fen),
                    "before": name_of(one.before),
                    "after": name_of(one.after),
                }
                for one in found.examples
            ],
            "may_switch_on": row.switched_on_at is None and row.proposed_by_id != request.user.pk,
            "waits_for_another": row.switched_on_at is None and row.proposed_by_id == request.user.pk,
        }
        return self.render(request, "rule", row.title, **context)

    def render(self, request: HttpRequest, template: str, title: Any, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/wages/{template}.html", {**shared, **context})

    def switch(self, request: HttpRequest, pk: int, way: str) -> HttpResponse:
        row = self._find(request, pk)
        acts = {"on": (services.switch_on, _("启用规则")), "off": (services.switch_off, _("停用规则"))}
        if way not in acts:
            raise Http404
        act, title = acts[way]
        return ask(
            self,
            request,
            title=title,
            form=None,
            act=lambda _cleaned: act(row, by=request.user, at=timezone.now()),
            done=_("“{title}”：已{what}。").format(title=row.title, what=title),
            back=reverse("admin:wages_routingrule_change", args=[row.pk]),
            template=ASK,
            rule=row,
        )
