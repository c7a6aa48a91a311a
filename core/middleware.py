"""Request ids, and a page for refusals that no view caught."""

import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .errors import Refusal
from .logs import set_request_id

_FROM_PROXY = re.compile(r"^[0-9a-f]{8,32}$")


class RequestId:
    """Gives each request an id that stands in logs, the audit trail, the answer's header and error pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "")
        request.id = sent if _FROM_PROXY.match(sent) else secrets.token_hex(8)
        set_request_id(request.id)
        response = self.get_response(request)
        response["X-Request-ID"] = request.id
        return response


class Refusals:
    """A domain "no" that reached the top is a 409 page with its sentence, never a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return render(request, "409.html", {"message": exception.message}, status=409)
        return None
