"""更正: what was said about a value, saying that it is wrong, and what became of that."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit, files, submissions, timelines
from core.calendar import local_day
from core.errors import Refusal, refuse_unless
from core.templatetags.ui import cn_date

from ..disputes import filing
from ..disputes.history import said_about, said_on
from ..enums import Source
from ..forms import DisputeForm
from ..forms.page import is_mine
from ..indicators import BY_CODE, Indicator, Page
from ..models import Dispute, DisputeState, Worker
from ..presentation import in_words, text_in_words
from ..sources import source_words
from ._access import with_own_row


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_row
def correct(request: HttpRequest, worker: Worker, code: str) -> HttpResponse:
    """/me/profile/correct/<indicator>/: whose value it is, what else was said, and a form to dispute it."""
    indicator = BY_CODE.get(code)
    if indicator is None or indicator.page is None:
        raise Http404
    if is_mine(indicator, worker):
        return redirect("workers:page", indicator.page.value)
    waiting = filing.open_dispute(worker, indicator)
    if request.method == "POST" and waiting is not None:  # posted twice, or from a page that was left open
        return redirect("workers:dispute", waiting.reference)
    form = None
    if waiting is None and filing.may_be_disputed(worker, indicator):
        typed = request.POST if request.method == "POST" else None
        form = DisputeForm(typed, worker=worker, indicator=indicator, day=local_day(timezone.now()))
        if request.method == "POST" and form.is_valid() and (filed := _file(request, worker, form)):
            return filed
    return render(request, "workers/correct.html", _correct_page(worker, indicator, waiting, form))


def _correct_page(worker: Worker, indicator: Indicator, waiting: Dispute | None, form: DisputeForm | None) -> dict:
    owner = filing.owner_of(worker, indicator)
    own = [bound for bound in form if bound.name not in ("nothing", "reason")] if form else []
    return {
        "indicator": indicator,
        "value": in_words(worker, indicator),
        "source": source_words(worker, indicator),
        "said": said_about(worker, [indicator]).get(indicator.code, [])[1:],
        "owner": owner.label if owner else indicator.department.label,
        "is_phone": indicator.code == "mobile",
        "is_computed": indicator.updated_by == "X",
        "waiting": waiting,
        "form": form,
        "fields": [{"bound": bound, "suffix": form.suffix_of(bound.name)} for bound in own],
        "photo_error": form.errors.get("photo", [""])[0] if form else "",
        "back": reverse("workers:page", args=[indicator.page.value]),
    }


def _file(request: HttpRequest, worker: Worker, form: DisputeForm) -> HttpResponse | None:
    """File it once; a refusal stands at its field."""
    at, uploads = timezone.now(), [upload for upload in request.FILES.getlist("photo") if upload.size]

    def effect() -> str:
        refuse_unless(len(uploads) <= 1, _("只能交一张照片或一份文件。"), field="photo")
        return filing.file(
            worker,
            form.indicator,
            form.claimed(),
            reason=form.cleaned_data["reason"],
            photo=uploads[0] if uploads else None,
            by=request.user,
            at=at,
        ).reference

    try:
        done = submissions.once(request, filing.PURPOSE, effect, at=at)
    except Refusal as no:
        form.add_error(no.field if no.field in form.fields else None, no.message)
        return None
    if not done.replay:
        messages.success(request, _("更正申请已提交。"))
    return redirect("workers:dispute", done.result)


@require_safe
@with_own_row
def said(request: HttpRequest, worker: Worker, slug: str) -> HttpResponse:
    """/me/profile/said/<group>/: for each value of a group what was said about it, by whom and when."""
    if slug not in Page.values:
        raise Http404
    group = Page(slug)
    return render(request, "workers/said.html", {"page": group, "rows": said_on(worker, group)})


@require_safe
@with_own_row
def disputes(request: HttpRequest, worker: Worker) -> HttpResponse:
    """/me/disputes/: the newest first."""
    rows = Dispute.objects.visible_to(request.user).filter(worker=worker).order_by("-filed_at", "-pk")[:100]
    return render(request, "workers/disputes.html", {"rows": [_summary(row) for row in rows]})


def _summary(row: Dispute) -> dict:
    return {
        "row": row,
        "label": filing.BY_NUMBER[row.indicator].label,
        "department": Source(row.department).label,
        "filed": cn_date(row.filed_at),
        "due": cn_date(row.due_on),
    }


def _own(request: HttpRequest, reference: str) -> Dispute:
    return get_object_or_404(
        Dispute.objects.visible_to(request.user).select_related("worker", "photo"), reference=reference
    )


@require_safe
@with_own_row
def dispute(request: HttpRequest, worker: Worker, reference: str) -> HttpResponse:
    """/me/disputes/<reference>/: where it stands, who has it, by when, and what to do after a no."""
    row = _own(request, reference)
    indicator = filing.BY_NUMBER[row.indicator]
    context = {
        **_summary(row),
        "claimed": text_in_words(indicator, row.claimed.open()) if row.claimed else _("没有内容"),
        "present": in_words(row.worker, indicator) or _("没有内容"),
        "reason": row.reason.open() if row.reason else "",
        "answer": row.answer.open() if row.answer else "",
        "items": _timeline(row),
        "is_open": row.state == DisputeState.OPEN,
        "is_refused": row.state == DisputeState.REFUSED,
    }
    return render(request, "workers/dispute.html", context)


def _timeline(row: Dispute) -> list[dict]:
    words: dict[str, Any] = {
        "workers.dispute_filed": _("你提交了申请"),
        "pass_on": _("转给另一个部门"),
        "take": _("已采纳，登记已更正"),
        "refuse": _("没有采纳"),
        "withdraw": _("你撤回了申请"),
        "join": _("你的两份登记合并，这一份并入另一份申请"),
        "reopen": _("合并撤销，这一份重新办理"),
    }
    items = timelines.steps(audit.timeline(row), words)
    if row.state == DisputeState.OPEN:
        by_when = _("{department}最迟 {day} 答复").format(
            department=Source(row.department).label, day=cn_date(row.due_on)
        )
        items.append({"title": by_when, "state": "now", "when": "", "note": ""})
    return items


@require_safe
@with_own_row
def photo(request: HttpRequest, worker: Worker, reference: str) -> HttpResponse:
    """The worker's own paper back."""
    row = _own(request, reference)
    if row.photo is None:
        raise Http404
    return files.respond(row.photo)


@require_POST
@with_own_row
def withdraw(request: HttpRequest, worker: Worker, reference: str) -> HttpResponse:
    """The worker takes it back."""
    row = _own(request, reference)
    try:
        filing.withdraw(row, by=request.user, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.message)
    else:
        messages.success(request, _("更正申请已撤回。"))
    return redirect("workers:dispute", row.reference)
