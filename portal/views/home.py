"""The first page: four doors for visitors and workers, the way to the desk for brokers and officials."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import policies
from core.pagination import estimate
from jobs.cards import card
from jobs.models import Recommendation, Vacancy
from wages.models import Case

LATEST_JOBS = 4
WAITING_AT_MOST = 3


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if policies.is_broker(request.user):
        return render(request, "home/broker.html")
    if policies.is_official(request.user) or policies.is_auditor(request.user):
        return render(request, "home/official.html")
    at = timezone.now()
    return render(request, "home/home.html", {**_open_jobs(at), "waiting": _waiting_for(request.user)})


def _open_jobs(at: datetime) -> dict[str, Any]:
    """How many vacancies are open, and the newest of them."""
    published = Vacancy.objects.published(at)
    newest = published.for_cards().order_by("-refreshed_at", "-pk")[:LATEST_JOBS]
    return {"door_counts": {"jobs": estimate(published)}, "latest_jobs": [card(vacancy) for vacancy in newest]}


def _waiting_for(user: Any) -> list[dict[str, Any]]:
    """Offers that a signed-in worker has not answered, then their open wage cases by deadline."""
    if not policies.is_worker(user):
        return []
    offers = Recommendation.objects.visible_to(user).open().select_related("vacancy", "broker")
    cases = Case.objects.visible_to(user).open().by_deadline()
    return [_offer(row) for row in offers.order_by("answer_by", "pk")[:WAITING_AT_MOST]] + [
        _case(row) for row in cases[:WAITING_AT_MOST]
    ]


def _offer(row: Recommendation) -> dict[str, Any]:
    note = _("{broker}推荐给你的岗位，愿意不愿意都点一下").format(broker=row.broker.display_name)
    return {"title": row.vacancy.title, "url": reverse("jobs:mine"), "note": note, "deadline": row.answer_by}


def _case(row: Case) -> dict[str, Any]:
    title = _("投诉 {number}").format(number=row.number)
    return {"title": title, "url": "/me/", "note": row.get_state_display(), "deadline": row.due_on}
