"""The broker as keeper of job notices: register, correct, refresh and close one's own."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import submissions
from core.calendar import local_day
from core.errors import Refusal
from employers.enums import EmployerState

from .. import cards, policies, services
from ..forms import ReasonForm, VacancyForm
from ..models import Vacancy
from . import _desk
from .broker_vacancies import address_of, seen

_SUGGESTED = 8
_LAST_NOTICES = 60  # looked through for them


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """/broker/vacancies/new/: the six statutory fields; an official publishes it."""
    _desk.only_brokers(request)
    return _notice_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a notice that was not passed, and hand it in again."""
    _desk.only_brokers(request)
    row = seen(request, pk)
    if not policies.may_manage(request.user, row):
        raise PermissionDenied(_("只有登记人可以修改这个岗位。"))
    return _notice_form(request, row)


def _notice_form(request: HttpRequest, row: Vacancy | None) -> HttpResponse:
    """Fill in, check, submit: `action` is check (also when missing), edit or submit."""
    at = timezone.now()
    posted = request.method == "POST"
    action = request.POST.get("action", "check")
    form = VacancyForm(
        request.POST if posted else None,
        instance=row,
        initial={"employer": request.GET.get("employer", "")[:30]},
        user=request.user,
        today=local_day(at),
    )
    context = {"menu": _desk.menu(request.user, at, "register"), "form": form, "vacancy": row}
    if posted and form.is_valid() and action != "edit":
        if action == "check":
            context["rows"] = _as_published(form.instance)
            return render(request, "broker/vacancy_check.html", context)
        try:
            return _save(request, form, row, at)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    if not posted:
        context["recent"] = _recent_employers(request)
    return render(request, "broker/vacancy_form.html", context)


def _as_published(vacancy: Vacancy) -> list[dict[str, str]]:
    """The notice as everybody will read it, the employer that the code belongs to on top."""
    employer = vacancy.employer
    return [
        {"label": _("用人单位"), "value": f"{employer.name}\n{employer.uscc}"},
        {"label": _("岗位"), "value": f"{vacancy.title}（{vacancy.get_trade_display()}）"},
        *cards.statutory_rows(vacancy),
    ]


def _recent_employers(request: HttpRequest) -> list[dict[str, Any]]:
    """Employers of the broker's last notices, each a link that fills in the code."""
    mine = Vacancy.objects.filter(registered_by=request.user).exclude(employer__state=EmployerState.REFUSED)
    latest = mine.order_by("-created_at", "-pk").values_list("employer__uscc", "employer__name")[:_LAST_NOTICES]
    here = request.GET.get("employer")
    return [
        {"word": name, "url": f"?{urlencode({'employer': code})}", "on": code == here}
        for code, name in list(dict(latest).items())[:_SUGGESTED]
    ]


def _save(request: HttpRequest, form: VacancyForm, row: Vacancy | None, at: datetime) -> HttpResponse:
    def effect() -> str:
        if row is None:
            saved = services.register(by=request.user, at=at, **form.values())
        else:
            stored = Vacancy.objects.select_related("employer").get(pk=row.pk)
            saved = services.revise(stored, by=request.user, at=at, **form.values())
        return address_of(saved)

    outcome = submissions.once(request, "jobs.notice", effect, at=at)
    messages.success(request, _("已提交，工作人员审核后发布。"))
    return redirect(outcome.result)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Still open: move it up the list."""
    _desk.only_brokers(request)
    row = seen(request, pk)
    try:
        services.refresh(row, by=request.user, at=timezone.now())
    except Refusal as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("已刷新，岗位排到前面了。"))
    return redirect("jobs:broker_vacancy", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a vacancy, with the reason; whoever waits is told."""
    _desk.only_brokers(request)
    at = timezone.now()
    row = seen(request, pk)
    if not policies.may_manage(request.user, row):
        raise PermissionDenied(_("只有登记人可以关闭这个岗位。"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(row, reason=form.cleaned_data["reason"], by=request.user, at=at)
            messages.success(request, _("岗位已关闭，等答复的人会收到通知。"))
            return redirect("jobs:broker_vacancy", row.pk)
        except Refusal as error:
            form.add_error(None, error.message)
    context = {"menu": _desk.menu(request.user, at, "broker_vacancies"), "form": form, "vacancy": row}
    return render(request, "broker/close.html", context)
