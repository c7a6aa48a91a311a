"""Signing in by phone: number, code, done. An unknown number becomes a worker's account once its code is right.

The pages stand at allauth's addresses and end in allauth's login stages; the code itself is `accounts.codes`.
Nothing before the right code depends on whether the number is known.
"""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import Refusal

from .. import codes, phones, sms
from ..forms.phone import CodeForm, PhoneForm
from ..pending import Pending, forget, keep, of, session_key
from ..services import people
from . import sending

PURPOSE = "sign_in"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The one door: phone and code, or user name and password for the desk."""
    if _is_for_staff(request):
        return allauth_views.login(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_next_redirect_url(request) or reverse(settings.LOGIN_REDIRECT_URL))
    after = get_next_redirect_url(request) or ""
    waiting = of(request, PURPOSE)
    form = PhoneForm(request.POST or None, initial={"phone": waiting.phone if waiting else ""})
    if request.method == "POST" and form.is_valid():
        return _send_code(request, form, Pending(form.cleaned_data["phone"], after))
    return _phone_page(request, form, after)


def _is_for_staff(request: HttpRequest) -> bool:
    if request.method == "POST":
        return "password" in request.POST
    after = request.GET.get("next", "")
    return "staff" in request.GET or after.startswith(reverse("admin:index"))


def _phone_page(request: HttpRequest, form: PhoneForm, after: str) -> HttpResponse:
    waiting = of(request, PURPOSE)
    page = {"form": form, "after": after, "waiting": waiting.phone if waiting and waiting.code else ""}
    return render(request, "accounts/phone.html", page)


def _send_code(request: HttpRequest, form: PhoneForm, pending: Pending) -> HttpResponse:
    waiting = of(request, PURPOSE)
    if waiting and waiting.phone == pending.phone:
        pending = Pending(pending.phone, pending.after or waiting.after, waiting.code)
    keep(request, PURPOSE, pending)
    try:
        sent = sending.send(request, pending.phone, PURPOSE)
    except codes.QuestionFirst as refusal:
        return sending.ask_first(request, refusal, after=_login_url(pending.after))
    except Refusal as refusal:
        if pending.code:  # the one sent before is still good: take the person to it
            messages.info(request, refusal.message)
            return redirect("account_confirm_login_code")
        forget(request, PURPOSE)
        form.add_error("phone", refusal.message)
        return _phone_page(request, form, pending.after)
    keep(request, PURPOSE, Pending(pending.phone, pending.after, str(sent.uuid)))
    return redirect("account_confirm_login_code")


def _login_url(after: str) -> str:
    query = f"?{urlencode({'next': after})}" if after else ""
    return reverse("account_login") + query


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code's page; it may be left and opened again."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    waiting = of(request, PURPOSE)
    if waiting is None:
        return redirect("account_login")
    if request.POST.get("action") == "resend":
        return _resend(request, waiting)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _enter(request, waiting, form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", refusal.message)
    return render(request, "accounts/code.html", _code_page(waiting, form))


def _code_page(waiting: Pending, form: CodeForm) -> dict:
    return {
        "form": form,
        "phone": phones.spaced(waiting.phone),
        "demo_text": sms.text_about(codes.EVENT, waiting.code) if settings.DEMO and waiting.code else "",
        "change_url": _login_url(waiting.after),
    }


def _resend(request: HttpRequest, waiting: Pending) -> HttpResponse:
    try:
        sent = sending.send(request, waiting.phone, PURPOSE)
    except codes.QuestionFirst as refusal:
        return sending.ask_first(request, refusal, after=reverse("account_confirm_login_code"))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        keep(request, PURPOSE, Pending(waiting.phone, waiting.after, str(sent.uuid)))
        messages.success(request, _("新的验证码已发出，旧的不再有效。"))
    return redirect("account_confirm_login_code")


def _enter(request: HttpRequest, waiting: Pending, typed: str) -> HttpResponse:
    now = timezone.now()
    codes.check(waiting.phone, typed, PURPOSE, session_key=session_key(request), at=now)
    with transaction.atomic():  # a new account and what its first sign-in writes reach the disk together
        user = people.enter(waiting.phone, at=now)
        forget(request, PURPOSE)
        record_authentication(request, user, method="code")
        return perform_login(request, Login(user=user, redirect_url=waiting.after or None))
