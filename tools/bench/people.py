"""Somebody who is signed in: the session that signing in leaves, without the way there."""

from typing import Any

from django.conf import settings
from django.test import Client


def cookie_of(user: Any) -> str:
    """A `Cookie` header under which the server knows this person; officials have used their second factor."""
    from allauth.account.internal.flows import login
    from allauth.account.internal.userkit import user_id_to_str

    client = Client()
    client.force_login(user)
    if user.is_staff:
        session = client.session
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
        session.save()
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
