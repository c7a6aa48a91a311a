"""The first page: four doors for visitors and workers, the way to the desk for brokers and officials."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import policies, stepup
from core.pagination import estimate
from jobs.cards import card
from jobs.models import Vacancy

from ..own_matters import profile, waiting, worker_of

LATEST_JOBS = 4


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if policies.is_broker(request.user):
        return render(request, "home/broker.html")
    if policies.is_official(request.user) or policies.is_auditor(request.user):
        return render(request, "home/official.html")
    context = _open_jobs(timezone.now())
    if policies.is_worker(request.user) and not stepup.is_held(request):
        worker = worker_of(request.user)
        context |= {"profile": profile(worker), "waiting": waiting(request.user, worker)}
    return render(request, "home/home.html", context)


def _open_jobs(at: datetime) -> dict[str, Any]:
    """How many vacancies are open, and the newest of them."""
    published = Vacancy.objects.published(at)
    newest = published.for_cards().order_by("-refreshed_at", "-pk")[:LATEST_JOBS]
    return {"open_jobs": estimate(published), "latest_jobs": [card(vacancy) for vacancy in newest]}
