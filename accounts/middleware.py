"""Who is signed in and still may not go on: officials without their second factor, and held sessions.

Officials reach nothing but that factor until they have used it, and nothing after half an hour idle.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import stepup
from .enums import STAFF_IDLE

SEEN = "staff_seen"
SEEN_AGAIN_SECONDS = 60
# Reachable without a second factor: what sets it up or uses it, and the way out.
_OPEN = {"account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate", "elder"}
_OFFICE = {"account_change_password", "account_reauthenticate"}
# Reachable for a held session besides public pages: proving identity, and the ways out.
_OPEN_WHILE_HELD = {"accounts:stepup", "accounts:not_mine", "account_logout"}


class OfficialsNeedTotp:
    """Sends a signed-in official without a TOTP sign-in to set one up or to use it; keeps others off those pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user = request.user
        name = request.resolver_match.view_name or ""
        if not user.is_authenticated:
            return None
        if not user.is_staff:
            if name in _OFFICE or name.startswith("mfa_"):
                raise Http404
            return None
        if _idle(request):
            logout(request)
            messages.info(request, _("你有 30 分钟没有操作，已自动退出，请重新登录。"))
            return redirect(f"{reverse('account_login')}?{urlencode({'staff': 1, 'next': _way_back(request)})}")
        if name in _OPEN or used_second_factor(request):
            return None
        if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': _way_back(request)})}")
        return redirect("mfa_activate_totp")


class HeldSessionsProveFirst:
    """A session whose number may have passed to somebody else sees public pages only, workers' and brokers' alike.

    Case numbers and notices count too: with the phone in hand a case number opens the case.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_public = not getattr(view, "login_required", True)
        if is_public or not stepup.is_held(request) or request.resolver_match.view_name in _OPEN_WHILE_HELD:
            return None
        return redirect(stepup.url(request))


def used_second_factor(request: HttpRequest) -> bool:
    """True when this session was signed in with TOTP or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else "/admin/"


def _idle(request: HttpRequest) -> bool:
    """Whether the session rested too long; notes the time at most once a minute, to spare the session table."""
    now = int(time.time())
    seen = request.session.get(SEEN, now)
    if now - seen > STAFF_IDLE.total_seconds():
        return True
    if SEEN not in request.session or now - seen >= SEEN_AGAIN_SECONDS:
        request.session[SEEN] = now
    return False
