"""A broker asks for a mandate: the code on the worker's phone is the worker's word."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import address, codes, pending, phones, question, sms
from accounts.policies import is_broker
from accounts.views import sending
from core.errors import Refusal

from .. import services
from ..enums import MandateScope
from ..forms import MandateCodeForm, MandateRequestForm

PURPOSE = "workers.mandate"
ASKED_SCOPE = "mandate_scope"


def require_broker(user: Any) -> None:
    if not is_broker(user):
        raise PermissionDenied(_("这一页是劳务经纪人用的。"))


@require_http_methods(["GET", "HEAD", "POST"])
def request_mandate(request: HttpRequest) -> HttpResponse:
    """/broker/mandates/new/: whose mandate and for what. The answer is the same whether the person is known."""
    require_broker(request.user)
    form = MandateRequestForm(request.POST if request.method == "POST" else None, initial=_typed_before(request))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            sent = _send_code(request, asked)
        except codes.QuestionFirst as question_first:
            _keep(request, asked)
            return sending.ask_first(request, question_first, after=request.path)
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            _keep(request, asked, code=str(sent.uuid))
            return redirect("workers:mandate_code")
    return render(request, "workers/mandate_request.html", {"form": form})


def _send_code(request: HttpRequest, asked: dict[str, Any]) -> codes.Sent:
    at = timezone.now()
    answered = question.answered(request, at=at)
    sent = services.ask_for_mandate(
        asked["phone"],
        scope=asked["scope"],
        session_key=pending.session_key(request),
        address=address.of(request),
        asked=answered,
        by=request.user,
        at=at,
    )
    if answered:
        question.use_up(request)
    return sent


def _keep(request: HttpRequest, asked: dict[str, Any], *, code: str = "") -> None:
    """Note what was asked for; without a `code` only what was typed, for the way back from the question."""
    pending.keep(request, PURPOSE, pending.Pending(asked["phone"], name=asked["full_name"], code=code))
    request.session[ASKED_SCOPE] = asked["scope"]


def _typed_before(request: HttpRequest) -> dict[str, Any]:
    typed = pending.of(request, PURPOSE)
    if typed is None or typed.code:
        return {"scope": [MandateScope.PROFILE, MandateScope.JOBS]}
    return {"phone": typed.phone, "full_name": typed.name, "scope": request.session.get(ASKED_SCOPE)}


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_code(request: HttpRequest) -> HttpResponse:
    """/broker/mandates/code/: the code from the worker's phone makes the mandate."""
    require_broker(request.user)
    asked, scope = pending.of(request, PURPOSE), request.session.get(ASKED_SCOPE)
    if asked is None or not asked.code or scope is None:
        return redirect("workers:mandate_request")
    form = MandateCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.grant_by_code(
                asked.phone,
                form.cleaned_data["code"],
                full_name=asked.name,
                scope=scope,
                session_key=pending.session_key(request),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            pending.forget(request, PURPOSE)
            del request.session[ASKED_SCOPE]
            messages.success(request, _("委托办好了，一年内有效，他可以随时结束。"))
            return redirect(reverse("jobs:people"))
    context = {
        "form": form,
        "phone": phones.spaced(phones.clean(asked.phone)),
        "demo_text": sms.text_about(codes.EVENT, asked.code) if settings.DEMO else "",
    }
    return render(request, "workers/mandate_code.html", context)
