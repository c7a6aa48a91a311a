"""Before handing in: the answers once more, and for a client the client's own word from the client's own phone."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import address, codes, pending, question, sms
from accounts.views import sending
from core import submissions
from core.calendar import local_day
from core.errors import Refusal
from core.masking import mask_phone
from workers.forms import MandateCodeForm

from .. import presentation, services
from ..declared import assess_application, missing_papers, undone
from ..enums import State
from ..models import HousingApplication
from ..words import TASKS
from ._access import open_application, with_draft

PURPOSE = "housing.submit_for"


def answers(request: HttpRequest, draft: HousingApplication, refusal: str = "") -> HttpResponse:
    """核对并提交."""
    missing = undone(draft)
    if missing:
        names = "、".join(str(TASKS[name]) for name in missing)
        messages.warning(request, _("还有没填完的部分：{names}。").format(names=names))
        return redirect(request.applicant.url("apply"))
    assessment = assess_application(draft, local_day(timezone.now()))
    context = {
        "rows": presentation.answers(draft, url=request.applicant.url),
        "missing": missing_papers(draft),
        "refusal": refusal,
        "has_errors": bool(refusal),
        **presentation.assessment(assessment, persons=1 + draft.members.count()),
    }
    return render(request, "housing/check_answers.html", context)


def ask(request: HttpRequest) -> HttpResponse:
    """The broker is done: a code goes to the client's phone."""
    draft = open_application(request)
    if draft is None or draft.state != State.DRAFT:
        return redirect(request.applicant.url("apply"))
    try:
        _send(request, draft)
    except codes.QuestionFirst as question_first:
        return sending.ask_first(request, question_first, after=request.path)
    except Refusal as refusal:
        return answers(request, draft, refusal.message)
    return redirect(request.applicant.url("confirm"))


def _send(request: HttpRequest, draft: HousingApplication) -> None:
    at = timezone.now()
    answered = question.answered(request, at=at)
    sent = services.ask_applicant(
        draft,
        session_key=pending.session_key(request),
        address=address.of(request),
        asked=answered,
        by=request.user,
        at=at,
    )
    if answered:
        question.use_up(request)
    pending.keep(request, PURPOSE, pending.Pending(services.phone_of(draft.worker), code=str(sent.uuid)))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def confirm(request: HttpRequest, draft: HousingApplication) -> HttpResponse:
    """请他确认: the client reads the code out; it hands in this draft and nothing else."""
    waiting = pending.of(request, PURPOSE)
    if waiting is None:
        return redirect(request.applicant.url("check_answers"))
    form = MandateCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            number = _hand_in(request, draft, form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            pending.forget(request, PURPOSE)
            messages.success(request, _("已替他提交，他会收到短信。"))
            return redirect(request.applicant.url("receipt", number))
    context: dict[str, Any] = {
        "form": form,
        "phone": mask_phone(waiting.phone),
        "demo_text": sms.text_about(codes.EVENT, waiting.code) if settings.DEMO else "",
    }
    return render(request, "housing/confirm.html", context)


def _hand_in(request: HttpRequest, draft: HousingApplication, code: str) -> str:
    at, key = timezone.now(), pending.session_key(request)
    services.hear_applicant(draft, code, session_key=key, by=request.user, at=at)

    def effect() -> str:
        return services.submit_for(draft, session_key=key, by=request.user, at=at).number

    return submissions.once(request, PURPOSE, effect, at=at).result
