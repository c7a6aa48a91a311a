"""我的: one page from which a worker reaches everything that is theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import policies
from workers.views import updates

from ..own_matters import profile, waiting, worker_of


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Brokers and officials are sent to their own desk."""
    if not policies.is_worker(request.user):
        return redirect("home")
    worker = worker_of(request.user)
    context = {
        "profile": profile(worker),
        "waiting": waiting(request.user, worker),
        "updates": updates.cards(worker, timezone.now()) if worker else [],
    }
    return render(request, "me/me.html", context)
