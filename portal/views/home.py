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
from workers.completeness import completeness
from workers.models import Worker

LATEST_JOBS = 4
WAITING_AT_MOST = 3


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if policies.is_broker(request.user):
        return render(request, "home/broker.html")
    if policies.is_official(request.user) or policies.is_auditor(request.user):
        return render(request, "home/official.html")
    context = _open_jobs(timezone.now())
    if policies.is_worker(request.user):
        context |= {"profile": _profile(request.user), "waiting": _offers(request.user) + _cases(request.user)}
    return render(request, "home/home.html", context)


def _open_jobs(at: datetime) -> dict[str, Any]:
    """How many vacancies are open, and the newest of them."""
    published = Vacancy.objects.published(at)
    newest = published.for_cards().order_by("-refreshed_at", "-pk")[:LATEST_JOBS]
    return {"open_jobs": estimate(published), "latest_jobs": [card(vacancy) for vacancy in newest]}


def _profile(user: Any) -> dict[str, int] | None:
    """How much of the person's 65 indicators is known; None before the first visit to the profile."""
    worker = Worker.objects.visible_to(user).select_related("intent").first()
    if worker is None:
        return None
    groups = completeness(worker)
    return {"known": sum(group.known for group in groups), "total": sum(group.total for group in groups)}


def _offers(user: Any) -> list[dict[str, Any]]:
    """Recommendations that wait for the person's yes or no."""
    offers = Recommendation.objects.visible_to(user).open().select_related("vacancy", "broker")
    note = _("{broker}推荐给你的，愿不愿意都点一下")
    return [
        {
            "title": row.vacancy.title,
            "url": reverse("jobs:mine"),
            "note": note.format(broker=row.broker.display_name),
            "deadline": row.answer_by,
        }
        for row in offers.order_by("answer_by", "pk")[:WAITING_AT_MOST]
    ]


def _cases(user: Any) -> list[dict[str, Any]]:
    """The person's open wage cases with the office's latest legal day."""
    return [
        {
            "title": _("投诉 {number}").format(number=row.number),
            "url": reverse("wages:case", args=[row.number]),
            "note": row.get_state_display(),
            "deadline": row.due_on,
        }
        for row in Case.objects.visible_to(user).open().by_deadline()[:WAITING_AT_MOST]
    ]
