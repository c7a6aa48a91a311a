"""Opening a draft on another phone or browser: by the code on its pages, or by the number it was kept under."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import address, pending, question
from accounts.policies import is_worker
from core.calendar import local_day

from .. import law, services
from ..forms import ResumeForm
from ..models import Draft
from . import _access, _phone
from .complain import resume_words


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """With a draft in this browser: keep it under a number. Without: find the one kept under it."""
    draft = _access.draft_of(request)
    if request.method != "POST":
        waiting = pending.of(request, _phone.RESUME)
        form = _phone.verify_form(initial={"phone": waiting.phone if waiting else ""})
        return _show(request, draft, form)
    if request.POST.get("action") == "by_code":
        return _by_code(request)
    if request.POST.get("action") == "send":
        return _send(request, draft)
    form = _phone.verify_form(request.POST)
    if not form.is_valid() or not _phone.check(request, form, _phone.RESUME):
        return _show(request, draft, form)
    pending.forget(request, _phone.RESUME)
    return _found(request, draft, form.cleaned_data["phone"])


def _by_code(request: HttpRequest) -> HttpResponse:
    """Every answer but the right one is the same, whatever is wrong with the code."""
    form, at, here = ResumeForm(request.POST), timezone.now(), address.of(request)
    blank = _phone.verify_form()
    if not form.is_valid():
        return _show(request, None, blank, form)
    if services.is_busy(here, at=at):
        if not question.answered(request, at=at):
            return redirect(question.url(after=request.path))
        question.use_up(request)
    found = services.find_draft(form.cleaned_data["resume_code"], at=at, address=here)
    if found is None:
        days = law.draft_days(local_day(at))
        words = _("没有找到。码不对，或者已经过了 {days} 天，或者试的次数太多了。核对后再试，或者重新填一份。")
        form.add_error("resume_code", words.format(days=days))
        return _show(request, None, blank, form)
    _access.hold(request, found)
    messages.success(request, _("找到了，接着填吧。"))
    return redirect("wages:complain")


def _found(request: HttpRequest, draft: Draft | None, phone: str) -> HttpResponse:
    if draft:
        by = request.user if is_worker(request.user) else None
        services.keep_for_phone(draft, phone, by=by, at=timezone.now())
        messages.success(request, _("草稿存好了，接着填的码已发到你的手机。"))
        return redirect("wages:complain")
    kept = Draft.objects.own().of_phone(phone).order_by("-touched_at", "-pk").first()
    if kept is None:
        messages.warning(request, _("这个号码下没有存着的草稿。"))
        return redirect("wages:complain")
    _access.hold(request, kept)
    return redirect("wages:complain")


def _send(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    form = _phone.phone_form(request.POST)
    if not form.is_valid():
        full = _phone.verify_form(initial={"phone": request.POST.get("phone", "")[:40]})
        messages.error(request, form.errors["phone"][0])
        return _show(request, draft, full)
    pending.keep(request, _phone.RESUME, pending.Pending(form.cleaned_data["phone"]))
    return _phone.send(request, form.cleaned_data["phone"], _phone.RESUME, then=reverse("wages:resume"))


def _show(request: HttpRequest, draft: Draft | None, form: Form, code_form: ResumeForm | None = None) -> HttpResponse:
    context = {
        "form": form,
        "code_form": code_form or ResumeForm(),
        "draft": draft,
        "sent": pending.of(request, _phone.RESUME) is not None,
        "resume": resume_words(draft) if draft else {},
    }
    return render(request, "wages/resume.html", context)
