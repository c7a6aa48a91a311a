"""What anybody may open: the start page, a wage code, its poster, and what to do when the office is late."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import parameters, qr
from core.calendar import local_day

from .. import law, offices
from ..forms import CodeLookupForm
from ..marks import read_wage_code
from ..models import WageCode
from ._access import draft_of, receipts


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _show_index(request, CodeLookupForm())


def _show_index(request: HttpRequest, form: CodeLookupForm) -> HttpResponse:
    today = local_day(timezone.now())
    context = {
        "form": form,
        "draft": draft_of(request),
        "receipts": receipts(request),
        "accept_workdays": law.acceptance_workdays(today),
        "close_workdays": law.closing_workdays(today),
    }
    return render(request, "wages/index.html", context)


@login_not_required
@require_safe
def code_lookup(request: HttpRequest) -> HttpResponse:
    """A code typed by hand; a form without JavaScript cannot build the address itself."""
    form = CodeLookupForm(request.GET)
    if form.is_valid():
        return redirect("wages:code", code=form.cleaned_data["code"])
    return _show_index(request, form)


def _find(code: str) -> WageCode:
    spelt = read_wage_code(code) or ""
    return get_object_or_404(WageCode.objects.select_related("employer", "project"), code=spelt)


def _board(code: WageCode) -> dict:
    """The notice board's facts (保障农民工工资支付条例 art. 34)."""
    table = parameters.get("wages.minimum_monthly_fen", on=local_day(timezone.now())).value
    return {
        "code": code,
        "project": code.project,
        "employer": code.employer,
        "office": offices.office_of(code.division),
        "minimum_fen": offices.minimum_wage_fen(code.division, table),
        "legal_line": offices.LEGAL_SERVICE_LINE,
        "hrss_line": offices.HRSS_LINE,
    }


@login_not_required
@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    found = _find(code)
    if found.code != code:
        return redirect("wages:code", code=found.code)
    status = 410 if found.revoked_at else 200
    return render(request, "wages/code.html", _board(found), status=status)


@login_not_required
@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """One A4 page for the wall."""
    found = _find(code)
    return render(request, "wages/poster.html", _board(found), status=410 if found.revoked_at else 200)


@login_not_required
@require_safe
def code_qr(request: HttpRequest, code: str) -> HttpResponse:
    target = reverse("wages:code", args=[_find(code).code])
    return qr.svg(request.build_absolute_uri(target))


@login_not_required
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    context = {
        "legal_line": offices.LEGAL_SERVICE_LINE,
        "hrss_line": offices.HRSS_LINE,
        "inaction": law.inaction(local_day(timezone.now())),
        "arbitration_years": law.arbitration_years(local_day(timezone.now())),
    }
    return render(request, "wages/late.html", context)
