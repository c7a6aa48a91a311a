"""What the header says about one's own account."""

from django.http import HttpRequest

from . import notices


def unread(request: HttpRequest) -> dict:
    """`unread_notices`: counted only where a template prints it."""
    user = getattr(request, "user", None)
    return {"unread_notices": lambda: notices.unread_count(user) if user else 0}
