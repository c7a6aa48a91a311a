"""Whom to ask again first, and finding a person by a number or a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.divisions import name_of
from core.errors import Refusal
from core.masking import mask_name
from workers.enums import MandateScope
from workers.freshness import queue
from workers.models import Mandate, Worker
from workers.services import lookups

from . import _desk


@require_safe
def freshness(request: HttpRequest) -> HttpResponse:
    """/broker/freshness/: my people whose information is oldest, with reasons; the formula below."""
    _desk.only_brokers(request)
    at = timezone.now()
    found = queue.of(request.user, at=at, after=request.GET.get("after", ""))
    context = {
        "menu": _desk.menu(request.user, at, "freshness"),
        "lines": [
            {
                "name": line.worker.full_name or line.worker.worker_no,
                "number": line.worker.worker_no,
                "points": line.points,
                "reasons": line.reasons,
                "waits": line.waits,
                "url": reverse("workers:client_profile", args=[line.worker.worker_no]),
            }
            for line in found.lines
        ],
        "after": found.after,
        "is_first": not request.GET.get("after"),
        "formula": found.formula,
        "weights": [(row.label, found.formula.weights[row.code]) for row in found.formula.indicators],
    }
    return render(request, "broker/freshness.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """/broker/find/: what is typed travels in the body alone, and the answer is not kept by anybody."""
    _desk.only_brokers(request)
    at, typed = timezone.now(), request.POST.get("q", "")
    context = {"menu": _desk.menu(request.user, at, "find"), "asked": request.method == "POST", "error": ""}
    own: list[Worker] = []
    others: list[Worker] = []
    if request.method == "POST":
        try:
            found = lookups.find(typed, by=request.user, at=at)
        except Refusal as no:
            context["error"] = no.message
        else:
            own, others = found.own, found.others
            context["by_name"] = not found.kind
    context |= {
        "typed": typed if context.get("error") or context.get("by_name") else "",
        "left": lookups.left(request.user, at=at),
        "own": _own_lines(request, own),
        "others": [
            {"name": mask_name(row.full_name) or _("未填姓名"), "place": _place(request, row)} for row in others
        ],
    }
    return render(request, "broker/find.html", context)


def _own_lines(request: HttpRequest, own: list[Worker]) -> list[dict]:
    """My people with what their mandates allow, in one query."""
    mandates = Mandate.objects.visible_to(request.user).live().filter(worker__in=own)
    scopes = dict(mandates.values_list("worker", "scope"))
    return [
        {
            "name": row.full_name or row.worker_no,
            "number": row.worker_no,
            "may_update": MandateScope.PROFILE in scopes.get(row.pk, ()),
            "may_apply": MandateScope.JOBS in scopes.get(row.pk, ()),
        }
        for row in own
    ]


def _place(request: HttpRequest, row: Worker) -> str:
    """The district in the broker's charge; nothing finer, and nothing of elsewhere."""
    here = next(code for code in (row.residence_division, row.hukou_division) if request.user.covers(code))
    return name_of(here[:6])
