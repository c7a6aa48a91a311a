"""Applications on the workbench: whom to call, and what the employer said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core import audit, timelines
from core.calendar import local_day
from core.errors import Refusal
from core.pagination import KeysetPaginator

from .. import cards, policies, services
from ..enums import TAKES_HIRES, WAITING_APPLICATION, ApplicationState
from ..forms import ReasonForm
from ..models import Application
from . import _desk


def of_broker(user: Any):
    """The applications of a broker's vacancies and people."""
    return Application.objects.visible_to(user).select_related("vacancy__employer", "worker", "recommendation")


def lines_of(rows: Iterable[Application], user: Any) -> list[dict[str, Any]]:
    """Context of `broker/_application.html`."""
    rows = list(rows)
    callable_ = services.whose_phone_may_be_seen(user, [row.worker_id for row in rows])
    return [
        {
            "row": row,
            "url": reverse("jobs:application", args=[row.pk]),
            "name": _desk.masked(row.worker),
            "number": row.worker.worker_no,
            "job": row.vacancy.title,
            "source": row.get_source_display(),
            "when": row.applied_at,
            "may_call": row.worker_id in callable_ and row.state in WAITING_APPLICATION,
        }
        for row in rows
    ]


@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """Applications that I look after; those nobody answered by default."""
    _desk.only_brokers(request)
    at = timezone.now()
    everything = request.GET.get("scope") == "all"
    rows = of_broker(request.user)
    rows = rows if everything else rows.waiting()
    page = KeysetPaginator(rows, order=("-applied_at", "-pk")).page(request.GET.get("cursor", ""))
    context = {
        "menu": _desk.menu(request.user, at, "applications"),
        "chips": [
            {"word": _("等我办"), "url": "?", "here": not everything},
            {"word": _("全部"), "url": "?scope=all", "here": everything},
        ],
        "lines": lines_of(page, request.user),
        "page": page,
    }
    return render(request, "broker/applications.html", context)


def _mine(request: HttpRequest, pk: int) -> Application:
    _desk.only_brokers(request)
    return get_object_or_404(of_broker(request.user).select_related("vacancy__registered_by"), pk=pk)


@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: who (masked), for what, what happened, and what I may do."""
    row = _mine(request, pk)
    return render(request, "broker/application.html", _case(request, row, timezone.now()))


def _case(request: HttpRequest, row: Application, at: datetime, **more: Any) -> dict[str, Any]:
    day = local_day(at)
    return {
        "menu": _desk.menu(request.user, at, "applications"),
        "application": row,
        "vacancy": row.vacancy,
        "name": _desk.masked(row.worker),
        "about": _desk.about(row.worker, None, day),
        "facts": _facts(row),
        "timeline": _timeline(row),
        "open": row.state in WAITING_APPLICATION,
        "may_call": services.may_see_phone(request.user, row),
        **_may(request.user, row),
        "form": ReasonForm(),
        "phone": "",
        **more,
    }


def _may(user: Any, row: Application) -> dict[str, bool]:
    """Which answers are still possible."""
    waiting, decides = row.state in WAITING_APPLICATION, policies.may_decide(user, row)
    takes = row.vacancy.state in TAKES_HIRES and row.vacancy.places_left > 0
    return {
        "may_hire": decides and waiting and takes,
        "may_reject": decides and waiting,
        "may_unhire": decides and row.state == ApplicationState.HIRED,
    }


def _facts(row: Application) -> list[dict[str, str]]:
    """What a broker may see of a worker: trade, skill, experience, never more than matching needs."""
    worker = row.worker
    facts = [
        {"label": _("工种"), "value": worker.get_trade_display()},
        {"label": _("技能等级"), "value": worker.get_skill_level_display()},
        {"label": _("证书"), "value": worker.certificate},
        {"label": _("来源"), "value": row.get_source_display()},
        {"label": _("推荐理由"), "value": cards.why_text(row.recommendation.reasons) if row.recommendation else ""},
    ]
    return [fact for fact in facts if fact["value"]]


_SAID = {
    "jobs.apply": gettext_lazy("报名"),
    "view": gettext_lazy("查看电话"),
    "hire": gettext_lazy("确认录用"),
    "unhire": gettext_lazy("撤销录用"),
    "reject": gettext_lazy("未录用"),
    "withdraw": gettext_lazy("撤回报名"),
}


def _timeline(row: Application) -> list[dict[str, str]]:
    done = timelines.all_steps(audit.timeline(row), _SAID)
    if row.state in WAITING_APPLICATION:
        done.append({"title": _("联系用人单位，确认结果"), "state": "now", "when": "", "note": ""})
    return done


@require_POST
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the number that the worker let me see; the trail keeps that I looked."""
    row = _mine(request, pk)
    at = timezone.now()
    number = services.reveal_phone(row, by=request.user, at=at)
    row = _mine(request, pk)
    return render(request, "broker/application.html", _case(request, row, at, phone=number, name=row.worker.full_name))


_DONE = {
    "hire": gettext_lazy("已确认录用，工人会收到通知。"),
    "reject": gettext_lazy("已答复，工人会收到通知。"),
    "unhire": gettext_lazy("已撤销录用，名额空出来了，工人会收到通知。"),
}


@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Hired; not hired, or hired by mistake, with a reason."""
    row = _mine(request, pk)
    if verb not in _DONE:
        raise Http404
    at = timezone.now()
    form = ReasonForm(request.POST)
    if verb != "hire" and not form.is_valid():
        return render(request, "broker/application.html", _case(request, row, at, form=form))
    said = {} if verb == "hire" else form.cleaned_data
    try:
        getattr(services, verb)(row, **said, by=request.user, at=at)
    except Refusal as error:
        messages.error(request, error.message)
    else:
        messages.success(request, str(_DONE[verb]))
    return redirect("jobs:application", row.pk)
