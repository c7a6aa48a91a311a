"""“这不对，我没拿到” under a month of 我的工资: a complaint with employer, project and months filled in."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.policies import is_worker
from sites import own
from workers.models import Worker

from .. import services
from . import _access
from .complain import go_on


@require_POST
def from_wages(request: HttpRequest) -> HttpResponse:
    """Begins the draft and goes to its first open question."""
    worker = Worker.objects.visible_to(request.user).first() if is_worker(request.user) else None
    if worker is None:
        raise Http404
    try:
        month = date.fromisoformat(f"{request.POST.get('month', '')}-01")
    except ValueError:
        raise Http404 from None
    wages = services.months_of(own.wages(worker), request.POST.get("project", ""), month)
    if not wages:
        raise Http404
    draft = services.begin_from_wages(wages, by=request.user, at=timezone.now())
    _access.hold(request, draft)
    messages.info(request, _("单位、工地和月份已按工资记录填好，请核对。"))
    return go_on(draft)
