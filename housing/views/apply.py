"""The application as a task list, its check-answers page, and handing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import submissions
from core.calendar import local_day
from core.errors import Refusal
from workers.services import for_user

from .. import policies, services
from ..declared import tasks_done, undone
from ..enums import State
from ..models import HousingApplication
from ..policy import rules_on
from ..words import TASKS
from . import confirming
from ._access import Applicant, for_applicants, open_application, with_draft


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def index(request: HttpRequest) -> HttpResponse:
    """Begin, or go on where one left."""
    application = open_application(request)
    applicant = request.applicant
    if application is not None and application.state != State.DRAFT:
        return redirect(applicant.url("mine"))
    at = timezone.now()
    if request.method == "POST":
        services.start(applicant.worker or for_user(request.user, at=at), by=request.user, at=at)
        return redirect(applicant.url("apply"))
    if application is None:
        return render(request, "housing/begin.html", {"rules": rules_on(local_day(at))})
    done = tasks_done(application)
    context = {
        "tasks": _task_list(application, done, applicant),
        "ready": not undone(application),
        "application": application,
        "may_discard": policies.may_end(request.user, application),
    }
    return render(request, "housing/tasks.html", context)


def _task_list(application: HousingApplication, done: dict[str, bool], applicant: Applicant) -> list[dict]:
    notes = {
        "household": _("你自己，和要一起住的家人"),
        "work": _("合同、社保、公积金"),
        "income": _("你和家人每个月的收入"),
        "home": _("在申请的地方有没有房"),
        "documents": _("拍照或 PDF，可以提交以后再补"),
        "wish": _("选一个小区"),
    }
    return [
        {
            "title": TASKS[name],
            "url": applicant.url(name),
            "note": notes[name],
            "word": _("填好了") if is_done else _("没填完"),
            "tone": "ok" if is_done else "neutral",
        }
        for name, is_done in done.items()
    ]


@require_POST
@with_draft
def discard(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """Throw the draft away."""
    services.discard(draft, by=request.user, at=timezone.now())
    messages.success(request, _("草稿已删除。"))
    return redirect("housing:index")


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def check(request: HttpRequest) -> HttpResponse:
    """核对并提交. A second post of the same form finds the receipt of the first. For a client, the client's own word
    comes in between."""
    if request.method == "POST":
        return confirming.ask(request) if request.applicant.client else _submit(request)
    draft = open_application(request)
    if draft is None or draft.state != State.DRAFT:
        return redirect(request.applicant.url("apply"))
    return confirming.answers(request, draft)


def _submit(request: HttpRequest) -> HttpResponse:
    try:
        outcome = submissions.once(request, "housing.submit", lambda: _hand_in(request), at=timezone.now())
    except Refusal as refusal:
        draft = open_application(request)
        if draft is None or draft.state != State.DRAFT:
            messages.warning(request, refusal.message)
            return redirect("housing:mine")
        return confirming.answers(request, draft, refusal.message)
    return redirect("housing:receipt", outcome.result)


def _hand_in(request: HttpRequest) -> str:
    draft = open_application(request)
    if draft is None:
        raise Refusal(_("没有可以提交的申请，请重新开始。"))
    return services.submit(draft, by=request.user, at=timezone.now()).number
