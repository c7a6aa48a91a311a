"""A broker hands in mandates that were signed on paper, and sees what became of them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import submissions
from core.errors import Refusal
from core.masking import mask_name
from core.templatetags.ui import cn_date

from ..enums import SCOPES_FOR_THEM
from ..forms import PaperMandateForm
from ..models import ClaimState, MandateClaim
from ..services import claims, lookups
from .broker import require_broker

_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def paper_mandates(request: HttpRequest) -> HttpResponse:
    """/broker/mandates/paper/: a form for a new one, and those handed in before."""
    require_broker(request.user)
    form = PaperMandateForm(request.POST if request.method == "POST" else None, initial={"scope": ["profile", "jobs"]})
    photo_error = ""
    if request.method == "POST":
        uploads = [upload for upload in request.FILES.getlist("photo") if upload.size]
        if len(uploads) != 1:
            photo_error = _("请拍下或选择一张委托书的照片。")
        if form.is_valid() and not photo_error:
            try:
                _file_once(request, form, uploads[0])
            except Refusal as no:
                form.add_error(no.field if no.field in form.fields else None, no.message)
            else:
                return redirect("workers:paper_mandates")
    rows = MandateClaim.objects.visible_to(request.user).select_related("worker").order_by("-filed_at", "-pk")
    context = {
        "form": form,
        "photo_error": photo_error,
        "left": lookups.left(request.user, at=timezone.now()),
        "rows": [claim_words(row, name=mask_name(row.worker.full_name)) for row in rows[:_SHOWN]],
    }
    return render(request, "workers/paper_mandates.html", context)


def _file_once(request: HttpRequest, form: PaperMandateForm, photo: UploadedFile) -> None:
    """Hand it in once, however often the form is posted; a refusal leaves the search on record and is remembered."""
    refused: list[Refusal] = []
    at, named = timezone.now(), form.cleaned_data

    def effect() -> str:
        try:
            found = {"scope": named["scope"], "photo": photo, "by": request.user, "at": at}
            return claims.file(named["number"], named["full_name"], **found).reference
        except Refusal as no:
            refused.append(no)
            return ""

    done = submissions.once(request, claims.PURPOSE, effect, at=at)
    if not done.result:
        raise refused[0] if refused else Refusal(_("刚才这一份没有收下，请核对后再提交一次。"))
    if not done.replay:
        claim = MandateClaim.objects.get(reference=done.result)
        text = _("委托书 {ref} 已提交，最迟 {day} 核对完。核对之前你还不能替他办事。")
        messages.success(request, text.format(ref=claim.reference, day=cn_date(claim.due_on)))


def claim_words(row: MandateClaim, *, name: str, scopes: Mapping[str, Any] = SCOPES_FOR_THEM) -> dict:
    """A claim for its page; the broker reads what it is for in the broker's words, the worker in the worker's."""
    return {
        "row": row,
        "name": name,
        "scope": "、".join(str(scopes[code]) for code in row.scope),
        "filed": cn_date(row.filed_at),
        "due": cn_date(row.due_on) if row.state == ClaimState.WAITING else "",
        "answer": row.answer.open() if row.answer else "",
        "is_waiting": row.state == ClaimState.WAITING,
    }


@require_POST
def withdraw_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The broker takes it back."""
    require_broker(request.user)
    claim = get_object_or_404(MandateClaim.objects.visible_to(request.user), reference=reference)
    try:
        claims.withdraw(claim, by=request.user, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.message)
    else:
        messages.success(request, _("已撤回。"))
    return redirect("workers:paper_mandates")
