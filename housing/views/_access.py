"""Who may open an applicant's pages, and which application they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.policies import is_worker

from ..enums import State
from ..models import HousingApplication


def for_workers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A worker; anybody else is told that the page is not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_worker(request.user):
            raise PermissionDenied(_("这里由农民工本人办理。"))
        return view(request, *args, **kwargs)

    return guarded


def _mine(request: HttpRequest) -> Any:
    return HousingApplication.objects.visible_to(request.user).select_related("worker", "estate__district", "division")


def open_application(request: HttpRequest) -> HousingApplication | None:
    """The one that the person is busy with."""
    return _mine(request).open().first()


def own(request: HttpRequest, number: str) -> HousingApplication | None:
    return _mine(request).filter(number=number).first()


def newest(request: HttpRequest) -> HousingApplication | None:
    """The newest that was handed in."""
    return _mine(request).exclude(state=State.DRAFT).order_by("-submitted_at", "-pk").first()


def with_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the person's draft; without one the way leads back to the start."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = open_application(request)
        if application is None or application.state != State.DRAFT:
            return redirect("housing:apply")
        return view(request, application, *args, **kwargs)

    return for_workers(guarded)
