"""我的工资: what the bank's and the contractor's files say was paid to the signed-in worker."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.policies import is_worker
from workers.models import Worker

from .. import own

SHOWN_MONTHS = 12


@require_safe
def wages(request: HttpRequest) -> HttpResponse:
    """Month by month; brokers and officials are sent to their own desk."""
    if not is_worker(request.user):
        return redirect("home")
    worker = Worker.objects.visible_to(request.user).first()
    rows = own.wages(worker) if worker is not None else []
    months = [(month, list(found)) for month, found in groupby(rows, key=lambda wage: wage.month)]
    shown = months if "all" in request.GET else months[:SHOWN_MONTHS]
    context = {"worker": worker, "months": shown, "more": len(months) - len(shown), "back": reverse("me")}
    return render(request, "sites/wages.html", context)
