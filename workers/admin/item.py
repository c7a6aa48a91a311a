"""A page per row for officials: facts, the buttons of whoever may press them, and the trail beside.

A concrete admin says only what differs: the facts, who decides, and the steps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from core import audit, timelines
from core.admin import PortalModelAdmin, ask
from core.templatetags.ui import state_badge

Facts = list[tuple[Any, Any]]
DONE = gettext_lazy("已办理：{what}。")


@dataclass(frozen=True)
class Step:
    """A button: its words, the service it calls, what it asks for, and what follows from it."""

    title: Any
    act: Callable[..., Any]
    form: type[Form] | None
    follows: Any
    done: Any = DONE


class ItemAdmin(PortalModelAdmin):
    """Rows that services own. Each button asks first, on a page of its own, and then calls one service."""

    steps: dict[str, Step] = {}
    happened: dict[str, Any] = {}  # titles of the trail's verbs; the steps' own are added
    related: tuple[str, ...] = ()
    item_template = "admin/workers/item.html"

    def may_decide(self, user: Any, row: Any) -> bool:
        """Whether this person may press any button; nobody unless the queue says so."""
        return False

    def may_read(self, user: Any, row: Any) -> bool:
        """Whether the page names the person; everybody else in whose list it stands sees that it exists."""
        return self.may_decide(user, row)

    def note_reading(self, row: Any, *, by: Any, at: datetime) -> None:
        """Put on record that the page was opened; nothing where it names nobody."""

    def title_of(self, row: Any) -> str:
        return str(row)

    def badges(self, row: Any, *, at: datetime) -> list[SafeString]:
        """What stands beside the heading."""
        return [state_badge(row)]

    def facts(self, request: HttpRequest, row: Any, *, reads: bool) -> Facts:
        """Labels and values; what names the person only where `reads`."""
        return []

    def beside_facts(self, request: HttpRequest, row: Any, *, reads: bool) -> dict[str, Any]:
        """More for the queue's own template."""
        return {}

    def trail(self, row: Any) -> list[dict[str, str]]:
        titles = {verb: step.title for verb, step in self.steps.items()}
        return timelines.steps(audit.timeline(row), self.happened | titles)

    def open_steps(self, row: Any) -> list[str]:
        """The steps that the row's state allows, the usual one first."""
        return [verb for verb in row.FLOW.verbs_from(row.state) if verb in self.steps]

    def form_for(self, verb: str, row: Any, data: Any) -> Form | None:
        form = self.steps[verb].form
        return form(data) if form else None

    def follows(self, verb: str, row: Any) -> str:
        return str(self.steps[verb].follows)

    def back(self, verb: str, row: Any) -> str:
        """Where a step leads: to the row again, unless it may have left the person's sight."""
        return self.address("change", row.pk)

    def address(self, page: str, *args: Any) -> str:
        """Of one of this admin's own pages."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_decide"
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/<slug:verb>/", decide, name=name), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One item. Reading what it says about a person is noted."""
        row, at = self.row_or_404(request, object_id, *self.related), timezone.now()
        reads = self.may_read(request.user, row)
        if reads:
            self.note_reading(row, by=request.user, at=at)
        verbs = self.open_steps(row) if self.may_decide(request.user, row) else []
        context = {
            **self.admin_site.each_context(request),
            "title": self.title_of(row),
            "opts": self.opts,
            "row": row,
            "badges": self.badges(row, at=at),
            "facts": self.facts(request, row, reads=reads),
            "buttons": [(self.address("decide", row.pk, verb), self.steps[verb].title) for verb in verbs],
            "items": self.trail(row),
            **self.beside_facts(request, row, reads=reads),
        }
        return render(request, self.item_template, context)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One step: the facts once more, what follows, and perhaps why."""
        row = self.row_or_404(request, pk, *self.related)
        if verb not in self.steps:
            raise Http404
        if not self.may_decide(request.user, row):
            raise PermissionDenied
        self.note_reading(row, by=request.user, at=timezone.now())
        step = self.steps[verb]
        return ask(
            self,
            request,
            title=step.title,
            form=self.form_for(verb, row, request.POST if request.method == "POST" else None),
            act=lambda said: step.act(row, by=request.user, at=timezone.now(), **said),
            done=step.done.format(what=step.title),
            back=self.back(verb, row),
            template="admin/workers/item_decide.html",
            item=self.title_of(row),
            item_url=self.address("change", row.pk),
            facts=self.facts(request, row, reads=True),
            follows=self.follows(verb, row),
        )
