"""我的公租房: where the application stands, who has it, by when, and what the applicant can do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import qr, submissions
from core.calendar import local_day, workdays_between
from core.errors import Refusal

from .. import policies, presentation, services, words
from ..enums import Rule, State
from ..forms import ReasonForm
from ..models import HousingApplication
from ..policy import is_guaranteed, rules_on
from . import _access


@require_safe
@_access.for_applicants
def newest(request: HttpRequest) -> HttpResponse:
    """The newest application."""
    application = _access.handed_in(request).first()
    if application is None:
        draft = _access.open_application(request)
        return render(request, "housing/none.html", {"draft": draft})
    return _status(request, application)


@require_safe
@_access.for_applicants
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One application by its number."""
    return _status(request, _own_or_404(request, number))


def _own_or_404(request: HttpRequest, number: str) -> HousingApplication:
    application = _access.own(request, number)
    if application is None:
        raise Http404
    return application


def _status(request: HttpRequest, application: HousingApplication) -> HttpResponse:
    """The names of the household, what was declared and who looked are for the applicant alone."""
    today = local_day(timezone.now())
    rules = rules_on(local_day(application.submitted_at))
    own = policies.owns(request.user, application)
    context = {
        "application": application,
        "own": own,
        "headline": words.HEADLINES[State(application.state)],
        "days": workdays_between(today, application.due_on) if application.due_on else None,
        "office": words.office(application),
        "timeline": words.timeline(application, rules),
        "sights": words.sights(application) if own else [],
        "rows": presentation.answers(application) if own else [],
        "refused_rule": _rule(application.refusal_rule),
        "may_withdraw": policies.may_withdraw(request.user, application),
        "guaranteed": is_guaranteed(application, today),
        "others": _access.handed_in(request).exclude(pk=application.pk)[:10] if own else [],
    }
    return render(request, "housing/mine.html", context)


def _rule(value: str) -> str:
    return str(Rule(value).label) if value in Rule.values else value


@require_safe
@_access.for_applicants
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt: survives a bookmark and prints on one page, whatever has happened since."""
    application = _own_or_404(request, number)
    rules = rules_on(local_day(application.submitted_at))
    context = {
        "application": application,
        "steps": words.future(rules),
        "waits": application.state == State.DOCS_DUE,
        "rows": presentation.receipt(application),
    }
    return render(request, "housing/receipt.html", context)


@require_safe
@_access.for_applicants
def receipt_qr(request: HttpRequest, number: str) -> HttpResponse:
    """The way from the printed receipt to where the application stands; it opens for the applicant alone."""
    application = _own_or_404(request, number)
    return qr.svg(request.build_absolute_uri(reverse("housing:application", args=[application.number])))


@require_POST
@_access.for_applicants
def supply(request: HttpRequest) -> HttpResponse:
    """补齐了，交给工作人员."""
    application = _access.open_application(request)
    if application is None or application.state != State.DOCS_DUE:
        return redirect(request.applicant.url("mine"))
    try:
        services.supply(application, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(request.applicant.url("documents"))
    messages.success(request, _("材料已交给工作人员。"))
    return redirect(request.applicant.url("mine"))


@require_http_methods(["GET", "HEAD", "POST"])
@_access.for_applicants
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asks once more, says what is lost."""
    application = _access.open_application(request)
    if application is None or not policies.may_withdraw(request.user, application):
        return redirect("housing:mine")
    form = ReasonForm(request.POST if request.method == "POST" else None, required=False)
    if request.method == "POST" and form.is_valid():
        try:
            submissions.once(
                request, "housing.withdraw", lambda: _withdraw(request, application, form), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("申请已撤回。"))
            return redirect(reverse("housing:mine"))
    return render(request, "housing/withdraw.html", {"form": form, "application": application})


def _withdraw(request: HttpRequest, application: HousingApplication, form: ReasonForm) -> str:
    reason = form.cleaned_data["reason"]
    return services.withdraw(application, by=request.user, at=timezone.now(), reason=reason).number
