"""A broker files for a client under a live mandate for wages; the client's phone has the last word.

The broker sees what they are typing, and afterwards the stage of what they filed, while the mandate lives. What was
said and the evidence are the client's and the office's.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import address, codes, question, sms
from accounts.pending import session_key
from accounts.policies import is_broker
from accounts.views import sending
from core import submissions
from core.calendar import local_day
from core.errors import Refusal
from core.masking import mask_phone
from workers import services as workers
from workers.forms import MandateCodeForm
from workers.models import Worker

from .. import policies, services, steps, summary, timeline
from ..enums import Channel, Kind
from ..forms import CodeHead, Whole
from ..models import Case, Draft

PARTS = [*steps.WITHOUT_CODE, *steps.OPTIONAL]
PURPOSE = "wages.file_for"


def _for_client(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for whoever gave this broker no mandate, 403 when it does not cover wages; that a broker looked is noted."""

    @wraps(view)
    def guarded(request: HttpRequest, client: str) -> HttpResponse:
        if not is_broker(request.user):
            raise PermissionDenied(_("这一页是劳务经纪人用的。"))
        at = timezone.now()
        worker = get_object_or_404(Worker.objects.visible_to(request.user), worker_no=client)
        if not policies.may_type_for(request.user, worker, at=at):
            raise PermissionDenied(_("他的委托里没有“帮我投诉欠薪”这一项。"))
        workers.note_viewed(worker, by=request.user, at=at, purpose=_("替你投诉欠薪"))
        return view(request, worker)

    return guarded


def _draft(request: HttpRequest, worker: Worker) -> Draft | None:
    typed = Draft.objects.select_related("client__user", "wage_code__employer", "wage_code__project")
    return typed.filter(client=worker, entered_by=request.user).order_by("-touched_at", "-pk").first()


@require_safe
@_for_client
def mine(request: HttpRequest, worker: Worker) -> HttpResponse:
    """What this broker filed for this client, and where it stands: number, stage, last day."""
    filed = Case.objects.filter(intake__entered_by=request.user, intake__mandate__worker=worker)
    rows = filed.order_by("-submitted_at", "-pk")
    context = {
        "worker": worker,
        "draft": _draft(request, worker),
        "cases": [{"row": row, "heading": timeline.heading(row)} for row in rows[:50]],
    }
    return render(request, "wages/client_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_client
def ask(request: HttpRequest, worker: Worker) -> HttpResponse:
    """All questions on one page; the client sits beside the broker."""
    known, at = _draft(request, worker), timezone.now()
    whole = Whole(CodeHead, PARTS, today=local_day(at), data=request.POST or None, draft=known)
    _name_of(whole, worker, known)
    if request.method == "POST" and whole.is_valid():
        try:
            _keep(request, worker, whole, known)
        except Refusal as refusal:
            whole.head.add_error(None, refusal.message)
        else:
            return redirect("wages:client_check", client=worker.worker_no)
    return render(request, "wages/client_complain.html", {"worker": worker, "whole": whole})


def _name_of(whole: Whole, worker: Worker, known: Draft | None) -> None:
    """A broker complains in the client's name; a report without a name is for people themselves."""
    for step, form in zip(whole.steps, whole.forms, strict=True):
        if step.slug == "you":
            form.fields["kind"].choices = [(Kind.COMPLAINT, _("投诉：追回他的工资"))]
            if known is None and worker.full_name:
                form.initial["name"] = worker.full_name


def _keep(request: HttpRequest, worker: Worker, whole: Whole, known: Draft | None) -> Draft:
    by, at = request.user, timezone.now()
    phone = workers.proven_phone(worker)
    if known and known.wage_code != whole.code:
        services.discard(known, by=by, at=at)
        known = None
    draft = known or services.begin_for(channel=Channel.BROKER, code=whole.code, client=worker, by=by, at=at)
    return services.take_down(draft, whole.answers(), phone=phone, by=by, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_client
def check(request: HttpRequest, worker: Worker) -> HttpResponse:
    """The answers once more, and the client's word."""
    draft = _draft(request, worker)
    if draft is None and request.method != "POST":
        return redirect("wages:client_mine", client=worker.worker_no)
    if request.POST.get("action") == "send" and draft is not None:
        return _send(request, worker, draft)
    form = MandateCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            number = _file(request, draft, form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("已替他提交，编号 {number}，他会收到短信。").format(number=number))
            return redirect("wages:client_mine", client=worker.worker_no)
    return _show_check(request, worker, draft, form)


def _show_check(request: HttpRequest, worker: Worker, draft: Draft | None, form: Any) -> HttpResponse:
    if draft is None:
        return redirect("wages:client_mine", client=worker.worker_no)
    phone = services.phone_for(draft)
    context = {
        "worker": worker,
        "draft": draft,
        "form": form,
        "rows": [{"label": row["label"], "value": row["value"]} for row in summary.rows_of(draft) if row["value"]],
        "repeats": services.repeats_of(draft, phone),
        "phone": mask_phone(phone),
    }
    return render(request, "wages/client_check.html", context)


def _send(request: HttpRequest, worker: Worker, draft: Draft) -> HttpResponse:
    at = timezone.now()
    answered = question.answered(request, at=at)
    try:
        sent = services.ask_person(
            draft, session_key=session_key(request), by=request.user, at=at, address=address.of(request), asked=answered
        )
    except codes.QuestionFirst as first:
        return sending.ask_first(request, first, after=request.path)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        if answered:
            question.use_up(request)
        messages.success(request, _("验证码已发到他的手机，请他念给你。"))
        if settings.DEMO:
            messages.warning(request, _("演示：短信不会真的发出。") + sms.text_about(codes.EVENT, sent.uuid))
    return redirect("wages:client_check", client=worker.worker_no)


def _file(request: HttpRequest, draft: Draft | None, code: str) -> str:
    """Once per rendered form; a double click finds the first one's number."""
    at, key, by = timezone.now(), session_key(request), request.user
    if draft is not None:
        services.hear_person(draft, code, session_key=key, by=by, at=at)

    def effect() -> str:
        if draft is None:
            raise Refusal(_("这份投诉已经提交过了。"))
        return services.file_for(draft, session_key=key, by=by, at=at).number

    return submissions.once(request, PURPOSE, effect, at=at).result
