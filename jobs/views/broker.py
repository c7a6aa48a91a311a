"""The broker's day: whom to call, who has not answered, and what became of applications."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit
from core.calendar import local_day
from core.errors import Refusal
from core.pagination import KeysetPaginator, Page
from core.templatetags.ui import cn_datetime

from .. import cards, policies, services
from ..enums import WAITING_APPLICATION, RecommendationState, VacancyState
from ..forms import ReasonForm
from ..models import Application, Recommendation, Vacancy
from . import _desk

_ON_THE_DESK = 6


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """/broker/: today. Who waits for my call comes first, then my notices, then fresh local vacancies."""
    _desk.only_brokers(request)
    at = timezone.now()
    numbers = _desk.counts(request.user, at)
    waiting = _applications(request.user).waiting().order_by("applied_at", "pk")[:_ON_THE_DESK]
    sent_back = Vacancy.objects.filter(
        registered_by=request.user, state__in=[VacancyState.REFUSED, VacancyState.PENDING]
    )
    fresh = _desk.local_vacancies(request.user, at).with_places().for_cards().order_by("-refreshed_at", "-pk")
    context = {
        "menu": _desk.menu(request.user, at, "desk", numbers),
        "today": local_day(at),
        "numbers": numbers,
        "due": _due_today(request.user, local_day(at)),
        "waiting": _application_lines(waiting, request.user),
        "sent_back": sent_back.order_by("-created_at", "-pk")[:_ON_THE_DESK],
        "jobs": [cards.card(row, url=reverse("jobs:broker_vacancy", args=[row.pk])) for row in fresh[:_ON_THE_DESK]],
    }
    return render(request, "broker/desk.html", context)


def _due_today(user: Any, day: date) -> int:
    """Offers whose last day is today: a call may still bring the answer."""
    return Recommendation.objects.visible_to(user).open().filter(answer_by__lte=day).count()


def _applications(user: Any):
    return Application.objects.visible_to(user).select_related("vacancy__employer", "worker", "recommendation")


def _application_lines(rows: Iterable[Application], user: Any) -> list[dict[str, Any]]:
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
    rows = _applications(request.user)
    rows = rows if everything else rows.waiting()
    page = KeysetPaginator(rows, order=("-applied_at", "-pk")).page(request.GET.get("cursor", ""))
    context = {
        "menu": _desk.menu(request.user, at, "applications"),
        "chips": [
            {"word": _("等我办"), "url": "?", "here": not everything},
            {"word": _("全部"), "url": "?scope=all", "here": everything},
        ],
        "lines": _application_lines(page, request.user),
        "page": page,
    }
    return render(request, "broker/applications.html", context)


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Offers that I made: open ones by their last day, the answered ones below a switch."""
    _desk.only_brokers(request)
    at = timezone.now()
    everything = request.GET.get("scope") == "all"
    rows = Recommendation.objects.visible_to(request.user).select_related("vacancy", "worker", "application")
    if everything:
        page = KeysetPaginator(rows, order=("-offered_at", "-pk")).page(request.GET.get("cursor", ""))
    else:
        page = KeysetPaginator(rows.open(), order=("answer_by", "pk")).page(request.GET.get("cursor", ""))
    context = {
        "menu": _desk.menu(request.user, at, "answers"),
        "chips": [
            {"word": _("等答复"), "url": "?", "here": not everything},
            {"word": _("全部"), "url": "?scope=all", "here": everything},
        ],
        "lines": _offer_lines(page, local_day(at)),
        "page": page,
    }
    return render(request, "broker/answers.html", context)


def _offer_lines(page: Page, day: date) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "name": _desk.masked(row.worker),
            "number": row.worker.worker_no,
            "last_day": row.answer_by if row.state == RecommendationState.OFFERED else None,
            "due": row.state == RecommendationState.OFFERED and row.answer_by <= day,
            "reasons": cards.why_text(row.reasons),
            "url": reverse("jobs:application", args=[row.application.pk]) if hasattr(row, "application") else "",
        }
        for row in page
    ]


def _mine(request: HttpRequest, pk: int) -> Application:
    _desk.only_brokers(request)
    return get_object_or_404(_applications(request.user).select_related("vacancy__registered_by"), pk=pk)


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
        "may_decide": policies.may_decide(request.user, row) and row.state in WAITING_APPLICATION,
        "form": ReasonForm(),
        "phone": "",
        **more,
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
    "reject": gettext_lazy("未录用"),
    "withdraw": gettext_lazy("撤回报名"),
}


def _timeline(row: Application) -> list[dict[str, str]]:
    done = [
        {
            "title": str(_SAID.get(entry.verb, entry.verb)),
            "state": "done",
            "when": cn_datetime(entry.at),
            "note": " · ".join(filter(None, [entry.actor, entry.reason])),
        }
        for entry in audit.timeline(row)
    ]
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


@require_http_methods(["POST"])
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Hired, or not hired with a reason."""
    row = _mine(request, pk)
    at = timezone.now()
    form = ReasonForm(request.POST)
    try:
        if verb == "hire":
            services.hire(row, by=request.user, at=at)
            messages.success(request, _("已确认录用，工人会收到通知。"))
        elif verb == "reject":
            if not form.is_valid():
                return render(request, "broker/application.html", _case(request, row, at, form=form))
            services.reject(row, reason=form.cleaned_data["reason"], by=request.user, at=at)
            messages.success(request, _("已答复，工人会收到通知。"))
        else:
            raise Http404
    except Refusal as error:
        messages.error(request, error.message)
    return redirect("jobs:application", row.pk)
