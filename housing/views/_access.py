"""Whose pages these are: an applicant's own, or a client's whom a broker serves under a mandate for housing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import is_broker, is_worker
from workers import services as workers
from workers.models import Worker

from .. import policies
from ..enums import State
from ..models import HousingApplication

CLIENTS = "/broker/people/"


@dataclass(frozen=True)
class Applicant:
    """For whom a page is. `client` is the worker number in a broker's addresses, empty in the applicant's own."""

    worker: Worker | None
    client: str = ""

    @property
    def name(self) -> str:
        return (self.worker.full_name or self.worker.worker_no) if self.worker else ""

    @property
    def above(self) -> str:
        """Where an application begins."""
        return self.desk if self.client else reverse("housing:index")

    @property
    def desk(self) -> str:
        """The person's own start page."""
        return CLIENTS if self.client else "/me/"

    def url(self, name: str, *args: Any) -> str:
        """The address of a page for the same person."""
        if self.client:
            return reverse(f"housing:client_{name}", args=[self.client, *args])
        return reverse(f"housing:{name}", args=args)


def for_applicants(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The applicant and, at addresses with a `client`, the client's broker; anybody else is told that the page is not
    theirs. That a broker looked is noted."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, client: str = "", **kwargs: Any) -> HttpResponse:
        request.applicant = _client(request, client) if client else _oneself(request)
        return view(request, *args, **kwargs)

    return guarded


def _oneself(request: HttpRequest) -> Applicant:
    if not is_worker(request.user):
        raise PermissionDenied(_("这里由农民工本人办理。"))
    return Applicant(Worker.objects.filter(user=request.user).first())


def _client(request: HttpRequest, number: str) -> Applicant:
    """404 for whoever gave this broker no mandate, 403 when the mandate does not cover housing."""
    if not is_broker(request.user):
        raise PermissionDenied(_("这一页是劳务经纪人用的。"))
    at = timezone.now()
    worker = get_object_or_404(Worker.objects.visible_to(request.user), worker_no=number)
    if not policies.may_apply_for(request.user, worker, at=at):
        raise PermissionDenied(_("他的委托里没有“帮我申请公租房”这一项。"))
    workers.note_viewed(worker, by=request.user, at=at, purpose=_("替你申请公租房"))
    return Applicant(worker, client=number)


def _theirs(request: HttpRequest) -> Any:
    rows = HousingApplication.objects.visible_to(request.user).filter(worker=request.applicant.worker)
    return rows.select_related("worker__user", "estate__district", "division", "submitted_by")


def open_application(request: HttpRequest) -> HousingApplication | None:
    """The one that the person is busy with."""
    return _theirs(request).open().first()


def own(request: HttpRequest, number: str) -> HousingApplication | None:
    return _theirs(request).filter(number=number).first()


def handed_in(request: HttpRequest) -> Any:
    """Everything but the draft."""
    return _theirs(request).exclude(state=State.DRAFT).order_by("-submitted_at", "-pk")


def with_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the person's draft; without one the way leads back to the start."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = open_application(request)
        if application is None or application.state != State.DRAFT:
            return redirect(request.applicant.url("apply"))
        return view(request, application, *args, **kwargs)

    return for_applicants(guarded)
