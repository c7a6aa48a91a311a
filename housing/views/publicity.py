"""公示: who passed both reviews, and the way to object."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import submissions
from core.errors import Refusal
from core.masking import mask_name
from core.pagination import KeysetPaginator

from .. import policies, services
from ..enums import State
from ..forms import ObjectionForm
from ..models import HousingApplication

PUBLIC = ("estate", "worker")


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody who is being publicised, by masked name; the ones that end first come first."""
    rows = HousingApplication.objects.filter(state=State.PUBLICITY).select_related(*PUBLIC)
    page = KeysetPaginator(rows, order=("publicity_until", "pk")).page(request.GET.get("cursor", ""))
    for row in page.items:
        row.shown_name = mask_name(row.worker.full_name)
    return render(request, "housing/publicity.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """Say what is wrong; signed in, so that nobody is accused from nowhere."""
    rows = HousingApplication.objects.filter(state=State.PUBLICITY).select_related(*PUBLIC)
    application = rows.filter(number=number).first()
    if application is None or not policies.may_object(request.user, application):
        raise Http404
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            submissions.once(
                request, "housing.objection", lambda: _raise(request, application, form), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect("housing:publicity")
    name = mask_name(application.worker.full_name)
    return render(request, "housing/objection.html", {"form": form, "application": application, "name": name})


def _raise(request: HttpRequest, application: HousingApplication, form: ObjectionForm) -> str:
    text = form.cleaned_data["text"]
    services.raise_objection(application, text=text, by=request.user, at=timezone.now())
    messages.success(request, _("异议已收到，工作人员会核查。"))
    return application.number
