"""What the header says about one's own account."""

from functools import cache

from django.http import HttpRequest

from . import notices


def unread(request: HttpRequest) -> dict:
    """`unread_notices`: counted only where a template asks, and once per page."""
    user = getattr(request, "user", None)

    @cache
    def count() -> int:
        return notices.unread_count(user) if user else 0

    return {"unread_notices": count}
