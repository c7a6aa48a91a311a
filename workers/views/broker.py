"""A broker asks for a mandate; the worker's phone says yes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import address, codes, phones
from accounts.policies import is_broker
from core.errors import Refusal

from .. import services
from ..enums import Evidence
from ..forms import MandateCodeForm, MandateRequestForm
from ..models import Worker

PURPOSE = "workers.mandate"
ASKED = "mandate_asked"


def _require_broker(user: Any) -> None:
    if not is_broker(user):
        raise PermissionDenied(_("这一页是劳务经纪人用的。"))


@require_http_methods(["GET", "HEAD", "POST"])
def request_mandate(request: HttpRequest) -> HttpResponse:
    """/broker/mandates/new/: whose mandate and for what. The answer is the same whether the person is known."""
    _require_broker(request.user)
    form = MandateRequestForm(
        request.POST if request.method == "POST" else None, initial={"scope": ["profile", "jobs"]}
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            phone = phones.clean(asked["phone"])
            codes.send(
                phone,
                PURPOSE,
                session_key=request.session.session_key,
                at=timezone.now(),
                address=address.of(request),
                asked=True,
            )
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            request.session[ASKED] = {"phone": phone, "name": asked["full_name"], "scope": asked["scope"]}
            return redirect("workers:mandate_code")
    return render(request, "workers/mandate_request.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_code(request: HttpRequest) -> HttpResponse:
    """/broker/mandates/code/: the code from the worker's phone makes the mandate."""
    _require_broker(request.user)
    asked = request.session.get(ASKED)
    if asked is None:
        return redirect("workers:mandate_request")
    form = MandateCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            _check_code(request, asked["phone"], form.cleaned_data["code"], at)
            worker = _worker(asked["phone"], asked["name"])
            services.grant_mandate(
                worker, request.user, scope=asked["scope"], evidence=Evidence.SMS_CODE, by=request.user, at=at
            )
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            del request.session[ASKED]
            messages.success(request, _("委托办好了，一年内有效，他可以随时结束。"))
            return redirect(reverse("jobs:people"))
    return render(request, "workers/mandate_code.html", {"form": form, "phone": phones.spaced(asked["phone"])})


def _check_code(request: HttpRequest, phone: str, typed: str, at: Any) -> None:
    """A code that this session has proved within ten minutes need not be typed again."""
    key = request.session.session_key
    if not codes.confirmed(phone, PURPOSE, session_key=key, at=at):
        codes.check(phone, typed, PURPOSE, session_key=key, at=at)


def _worker(phone: str, name: str) -> Worker:
    """The one person with this phone and name; a recycled number does not lead to its former holder."""
    found = [row for row in Worker.objects.with_mobile(phone)[:5] if row.full_name == name.strip()]
    if len(found) != 1:
        raise Refusal(_("没有找到用这个手机号登记的这位农民工。请他先用自己的手机登录登记，或一起到区县人社窗口办理。"))
    return found[0]
