"""The list of browsers in which somebody is signed in (allauth's usersessions), kept with fewer questions."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.usersessions import signals
from allauth.usersessions.models import UserSession
from django.contrib.auth import signals as auth_signals
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from core import rows


def take_over() -> None:
    """Our receivers instead of allauth's and Django's; called once, when the apps are ready."""
    user_logged_in.disconnect(signals.on_user_logged_in)
    user_logged_in.connect(list_browser, dispatch_uid="accounts.list_browser")
    auth_signals.user_logged_in.disconnect(dispatch_uid="update_last_login")
    auth_signals.user_logged_in.connect(note_time, dispatch_uid="accounts.note_time")


def list_browser(sender: Any, request: HttpRequest, **_more: Any) -> None:
    """A first sign-in has no list that could hold ended sessions, and its session is new: one row, nothing to look up.

    Every other one goes allauth's way, which also drops what has ended meanwhile. So the session itself is written
    first, in the same transaction: a listed browser whose session is not there yet would be dropped by the next one.
    """
    request.session.save()
    is_first = getattr(request, "is_first_sign_in", False)
    if not (is_first and rows.add_unless_there(_this_browser(request))):
        signals.on_user_logged_in(sender, request=request, **_more)


def _this_browser(request: HttpRequest) -> UserSession:
    longest = UserSession._meta.get_field("user_agent").max_length
    return UserSession(
        user=request.user,
        session_key=request.session.session_key,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:longest],
    )


def note_time(sender: Any, user: Any, **_more: Any) -> None:
    """`last_login`, without the events that a saved model announces."""
    user.last_login = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET last_login = %s WHERE id = %s", [user.last_login, user.pk])
