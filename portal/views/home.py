"""The first page: four doors for visitors and workers, the way to the desk for brokers and officials."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import policies


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if policies.is_broker(request.user):
        return render(request, "home/broker.html")
    if policies.is_official(request.user) or policies.is_auditor(request.user):
        return render(request, "home/official.html")
    return render(request, "home/home.html", {"door_counts": {}, "latest_jobs": [], "waiting": []})
