"""Error pages that Django asks for by name."""

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from core.context_processors import is_elder
from core.middleware import BUSY, busy


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token, or from a foreign origin."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that reads nothing of the request but the cookie: the rest may be what was wrong with it."""
    return HttpResponseBadRequest(render_to_string("400.html", {"elder": is_elder(request)}))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own reads the post first, which fails where that is garbage."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """What no view caught; outside of the views too, a database that is busy or away is no failure of ours."""
    exception = sys.exc_info()[1]
    if isinstance(exception, BUSY):
        return busy(exception, request)
    return HttpResponseServerError(render_to_string("500.html", {"elder": is_elder(request)}))
