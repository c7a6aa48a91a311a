"""Acting for a worker: only under the worker's live mandate for jobs."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import submissions
from core.calendar import local_day
from core.errors import Refusal
from core.pagination import KeysetPaginator
from core.templatetags.ui import cn_date
from workers.enums import SCOPES_FOR_THEM, MandateScope, Purpose
from workers.models import Mandate, Worker
from workers.services.consents import has_consent

from .. import cards, fit, policies, services
from ..enums import LIVE_APPLICATION
from ..models import Application, Vacancy
from ..pay import with_unit
from . import _desk

_SHOWN = 10


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """/broker/people/: who asked me to act, the mandate that ends first on top."""
    _desk.only_brokers(request)
    at = timezone.now()
    rows = Mandate.objects.visible_to(request.user).live(at).select_related("worker")
    page = KeysetPaginator(rows, order=("expires_at", "pk")).page(request.GET.get("cursor", ""))
    context = {
        "menu": _desk.menu(request.user, at, "people"),
        "lines": [
            {
                "worker": row.worker,
                "name": row.worker.full_name or row.worker.worker_no,
                "scope": "、".join(str(SCOPES_FOR_THEM[code]) for code in row.scope),
                "until": cn_date(row.expires_at),
                "url": reverse("jobs:person", args=[row.worker.worker_no]),
                "may_update": MandateScope.PROFILE in row.scope,
                "may_house": MandateScope.HOUSING in row.scope,
                "may_complain": MandateScope.WAGES in row.scope,
            }
            for row in page
        ],
        "page": page,
    }
    return render(request, "broker/people.html", context)


def _client(request: HttpRequest, number: str, at: datetime) -> Worker:
    """404 for whoever gave no mandate, 403 when the mandate does not cover jobs."""
    _desk.only_brokers(request)
    worker = get_object_or_404(Worker.objects.visible_to(request.user), worker_no=number)
    if not policies.may_apply_for(request.user, worker, at=at):
        raise PermissionDenied(_("他的委托里没有“帮我找工作”这一项。"))
    return worker


@require_safe
def person(request: HttpRequest, number: str) -> HttpResponse:
    """/broker/people/<number>/: what the worker looks for, what fits (or is new, where the worker wants no matching by
    machine), what was applied for."""
    at = timezone.now()
    worker = _client(request, number, at)
    facts = fit.facts_of_client(worker)
    may_match = has_consent(worker, Purpose.DEPARTMENT_MATCH)
    applied = Application.objects.filter(worker=worker, state__in=LIVE_APPLICATION)
    open_jobs = Vacancy.objects.published(at).with_places().for_cards()
    free = open_jobs.exclude(pk__in=applied.values("vacancy"))
    page = _suggested(free, facts, at) if may_match else free.order_by("-refreshed_at", "-pk")[:_SHOWN]
    mandate = Mandate.objects.live(at).get(worker=worker, broker=request.user)
    context = {
        "menu": _desk.menu(request.user, at, "people"),
        "worker": worker,
        "until": cn_date(mandate.expires_at),
        "rows": _wishes(facts),
        "may_match": may_match,
        "jobs": [_suggestion(row, facts if may_match else None, worker, at) for row in page],
        "applied": [
            {"row": row, "card": cards.card(row.vacancy)}
            for row in applied.select_related("vacancy__employer").order_by("-applied_at", "-pk")[:_SHOWN]
        ],
    }
    return render(request, "broker/person.html", context)


def _suggested(free: Any, facts: Any, at: datetime) -> Any:
    return fit.page_by_fit(free, facts, "1", on=local_day(at), per_page=_SHOWN) if facts else []


def _suggestion(row: Vacancy, facts: Any, worker: Worker, at: datetime) -> dict[str, Any]:
    why = cards.why_text(fit.why(row, facts, local_day(at)))
    return {
        "card": cards.card(row, why=why),
        "url": reverse("jobs:apply_for", args=[worker.worker_no, row.pk]),
    }


def _wishes(facts: Any) -> list[dict[str, str]]:
    if facts is None:
        return []
    pay = with_unit(facts.min_pay_fen, facts.pay_unit) if facts.min_pay_fen else ""
    return [
        {"label": _("想做"), "value": facts.trade_label},
        {"label": _("经验"), "value": _("{years} 年").format(years=facts.months // 12) if facts.months >= 12 else ""},
        {"label": _("工资至少"), "value": pay},
        {"label": _("地点"), "value": _("哪里都可以") if facts.anywhere else cards.place(facts.wanted or facts.home)},
    ]


@require_POST
def apply_for(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Apply in the worker's name; the trail and the worker's own list name the broker."""
    at = timezone.now()
    worker = _client(request, number, at)
    vacancy = get_object_or_404(Vacancy.objects.visible_to(request.user).select_related("registered_by"), pk=pk)

    def effect() -> str:
        return reverse("jobs:application", args=[services.apply(vacancy, worker, by=request.user, at=at).pk])

    try:
        outcome = submissions.once(request, "jobs.apply_for", effect, at=at)
    except Refusal as error:
        messages.error(request, error.message)
        return redirect("jobs:person", number)
    messages.success(request, _("已代为报名，本人会收到短信。"))
    return redirect(outcome.result)
