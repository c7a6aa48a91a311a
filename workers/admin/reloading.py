"""Pages of background work load themselves again, without a script, until somebody says stop.

By the header and not by `<meta>`, and with a way to stop: whoever reads with a screen reader or slowly must be able to
stay on the page (WCAG 2.2.1).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS = 5
STILL = "still"


def render_moving(request: HttpRequest, template: str, context: dict, *, moving: bool) -> HttpResponse:
    """Render a page that is worth loading again while `moving`; the template includes `_reloading.html`."""
    still = STILL in request.GET
    response = render(request, template, {**context, "still": still})
    if moving and not still:
        response["Refresh"] = str(SECONDS)
    return response
