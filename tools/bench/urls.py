"""The portal's addresses, and a bare view with one query behind the same middleware: the floor of any page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from jobs.models import Vacancy
from portal.urls import urlpatterns as portal_urls


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """One indexed query, no template."""
    newest = Vacancy.objects.order_by("-pk").values_list("pk", flat=True).first()
    return HttpResponse(str(newest), content_type="text/plain")


urlpatterns = [path("bench/bare/", bare), *portal_urls]
