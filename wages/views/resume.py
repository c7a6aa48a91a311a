"""Opening a draft on another phone or browser: the number it was kept under, and a code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import pending
from accounts.policies import is_worker

from .. import services
from ..models import Draft
from . import _access, _phone


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """With a draft in this browser: keep it under a number. Without: find the one kept under it."""
    draft = _access.draft_of(request)
    if request.method != "POST":
        waiting = pending.of(request, _phone.RESUME)
        form = _phone.verify_form(initial={"phone": waiting.phone if waiting else ""})
        return _show(request, draft, form)
    if request.POST.get("action") == "send":
        return _send(request, draft)
    form = _phone.verify_form(request.POST)
    if not form.is_valid() or not _phone.check(request, form, _phone.RESUME):
        return _show(request, draft, form)
    pending.forget(request, _phone.RESUME)
    return _found(request, draft, form.cleaned_data["phone"])


def _found(request: HttpRequest, draft: Draft | None, phone: str) -> HttpResponse:
    if draft:
        by = request.user if is_worker(request.user) else None
        services.keep_for_phone(draft, phone, by=by, at=timezone.now())
        messages.success(request, _("草稿存好了。换手机时，用这个号码收验证码就能接着填。"))
        return redirect("wages:complain")
    kept = Draft.objects.of_phone(phone).order_by("-touched_at", "-pk").first()
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


def _show(request: HttpRequest, draft: Draft | None, form) -> HttpResponse:
    sent = pending.of(request, _phone.RESUME) is not None
    return render(request, "wages/resume.html", {"form": form, "draft": draft, "sent": sent})
