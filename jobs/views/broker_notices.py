"""The broker as keeper of job notices: register, correct, refresh and close one's own."""

from datetime import datetime

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

from .. import policies, services
from ..forms import ReasonForm, VacancyForm
from ..models import Vacancy
from . import _desk
from .broker_vacancies import address_of, seen


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
    at = timezone.now()
    form = VacancyForm(request.POST or None, instance=row, user=request.user, today=local_day(at))
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, form, row, at)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {"menu": _desk.menu(request.user, at, "register"), "form": form, "vacancy": row}
    return render(request, "broker/vacancy_form.html", context)


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
