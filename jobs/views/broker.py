"""The broker's day: whom to call first, what came back, and who has not answered."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.calendar import local_day
from core.pagination import KeysetPaginator, Page

from .. import cards
from ..enums import RecommendationState, VacancyState
from ..models import Recommendation, Vacancy
from . import _desk
from .broker_applications import lines_of, of_broker

_ON_THE_DESK = 6


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """/broker/: today. Who waits for my call comes first, then my notices, then fresh local vacancies."""
    _desk.only_brokers(request)
    at = timezone.now()
    numbers = _desk.counts(request.user, at)
    waiting = of_broker(request.user).waiting().order_by("applied_at", "pk")[:_ON_THE_DESK]
    sent_back = Vacancy.objects.filter(
        registered_by=request.user, state__in=[VacancyState.REFUSED, VacancyState.PENDING]
    )
    fresh = _desk.local_vacancies(request.user, at).with_places().for_cards().order_by("-refreshed_at", "-pk")
    context = {
        "menu": _desk.menu(request.user, at, "desk", numbers),
        "today": local_day(at),
        "numbers": numbers,
        "due": _due_today(request.user, local_day(at)),
        "waiting": lines_of(waiting, request.user),
        "sent_back": sent_back.order_by("-created_at", "-pk")[:_ON_THE_DESK],
        "jobs": [cards.card(row, url=reverse("jobs:broker_vacancy", args=[row.pk])) for row in fresh[:_ON_THE_DESK]],
    }
    return render(request, "broker/desk.html", context)


def _due_today(user: Any, day: date) -> int:
    """Offers whose last day is today: a call may still bring the answer."""
    return Recommendation.objects.visible_to(user).open().filter(answer_by__lte=day).count()


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
