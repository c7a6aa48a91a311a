"""Request ids, pages for what no view caught, and no trace on shared phones."""

import codecs
import logging
import re
import secrets
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers, patch_cache_control

from .context_processors import is_elder
from .errors import Refusal
from .logs import set_request_id

# A lock or a statement that took too long, a deadlock, a database that restarts: it passes.
BUSY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 30
_log = logging.getLogger(__name__)

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


def busy(exception: BaseException, request: HttpRequest) -> HttpResponse:
    """The page that asks to try again shortly; it needs no database itself."""
    _log.error("the database is busy or away", exc_info=exception)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return HttpResponse(render_to_string("503.html", {"elder": is_elder(request)}), status=503, headers=headers)


class FormsInUtf8:
    """A form in another encoding is a 400 page: Django raises again where it makes its own, and no page comes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "application/x-www-form-urlencoded" and request.encoding is not None:
            if codecs.lookup(request.encoding).name != "utf-8":
                return HttpResponseBadRequest(render_to_string("400.html", {"elder": is_elder(request)}))
            request.encoding = "utf-8"  # "utf8" is meant well
        return self.get_response(request)


class Unkept:
    """What a person sees signed in, or by a number they named, stays in no cache: phones are shared.

    Answers to a post may stay in the browser: it could not ask for them again on the way back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and not request.session.is_empty():
            if request.method in ("GET", "HEAD"):
                add_never_cache_headers(response)
            else:
                patch_cache_control(response, private=True)
        return response


class Refusals:
    """A domain "no" that reached the top is a 409 page with its sentence, a busy database a 503; never a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return render(request, "409.html", {"message": exception.message}, status=409)
        return busy(exception, request) if isinstance(exception, BUSY) else None
