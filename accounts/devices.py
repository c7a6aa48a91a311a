"""Recognising a person's own browser by a random cookie."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from core.crypto import blind_index

from .models import KnownDevice, User

COOKIE = "device"
_LENGTH = 43
_REMEMBER = """
    INSERT INTO accounts_knowndevice (user_id, digest, first_seen_at, last_seen_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (digest, user_id) DO UPDATE SET last_seen_at = excluded.last_seen_at
"""


def is_known(request: HttpRequest, user: User) -> bool:
    """True when this browser was remembered for this person."""
    token = _token(request)
    return bool(token) and KnownDevice.objects.filter(user=user, digest=_digest(token)).exists()


def known_for(request: HttpRequest, username: str) -> bytes | None:
    """The digest of this browser if whoever has the user name signed in with it before.

    Asked before anybody proved anything: it costs the same whether the name exists or not.
    """
    token = _token(request)
    if not token:
        return None
    digest = _digest(token)
    known = KnownDevice.objects.filter(digest=digest, user__username__iexact=username)
    return digest if known.exists() else None


def forget_all(user: User) -> None:
    """No browser counts as this person's own any more."""
    KnownDevice.objects.filter(user=user).delete()


def remember(request: HttpRequest, user: User, *, at: datetime) -> None:
    """This browser is the person's own; `set_cookie` must follow on the response."""
    token = _token(request) or secrets.token_urlsafe(32)
    request.device_token = token
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [user.pk, _digest(token), at, at])


def set_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser the cookie of a device remembered in this request."""
    token = getattr(request, "device_token", "")
    if token:
        response.set_cookie(
            COOKIE,
            token,
            max_age=settings.DEVICE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _token(request: HttpRequest) -> str:
    token = request.COOKIES.get(COOKIE, "")
    return token if len(token) == _LENGTH else ""


def _digest(token: str) -> bytes:
    return blind_index("device", token)
