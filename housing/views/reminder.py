"""到时候短信提醒我."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.calendar import local_day
from core.errors import Refusal
from core.templatetags.ui import cn_date
from workers.services import for_user

from .. import services
from ._access import for_applicants

LATEST_YEARS = 20


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # well formed, but no such day
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def remind(request: HttpRequest) -> HttpResponse:
    """Asks once more, because this is the only thing of the check that is kept."""
    at = timezone.now()
    today = local_day(at)
    day = _day(request.POST.get("on", "") or request.GET.get("on", ""))
    if day is None or not today < day <= today.replace(day=1, year=today.year + LATEST_YEARS):
        return redirect("housing:check")
    if request.method == "POST":
        try:
            services.remind(for_user(request.user, at=at), day, by=request.user, at=at)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("记下了，{day}会短信提醒你。").format(day=cn_date(day)))
            return redirect("housing:index")
    return render(request, "housing/remind.html", {"day": day})
