"""The phone changed or was lost: one form, one code to the new number, and an official looks at it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Refusal

from .. import codes, phones, sms
from ..forms.phone import CodeForm
from ..forms.recover import RecoverForm
from ..pending import Pending, forget, keep, of, session_key
from ..services import recovery
from . import sending

PURPOSE = "recovery"
DONE = "recovery_reference"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """The form and, on the same page, the code: what was typed comes back with every answer, nothing is stored."""
    form = RecoverForm(request.POST or None)
    code_form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        if "code" in request.POST and request.POST.get("action") != "resend":
            if code_form.is_valid() and _proved(request, phone, code_form):
                done = _file(request, form)
                if done is not None:
                    return done
        else:
            code_form = CodeForm()
            question = _send(request, phone, form)
            if question is not None:
                return question
    return render(request, "accounts/recover.html", _page(request, form, code_form))


def _page(request: HttpRequest, form: RecoverForm, code_form: CodeForm) -> dict:
    waiting = of(request, PURPOSE)
    typed = getattr(form, "cleaned_data", {}).get("phone")
    sent = waiting is not None and bool(waiting.code) and waiting.phone == typed
    return {
        "form": form,
        "code_form": code_form,
        "has_errors": bool(form.errors or code_form.errors),
        "sent_to": phones.spaced(waiting.phone) if sent else "",
        "demo_text": sms.text_about(codes.EVENT, waiting.code) if sent and settings.DEMO else "",
    }


def _send(request: HttpRequest, phone: str, form: RecoverForm) -> HttpResponse | None:
    """Send the code; a refusal stands at the field, unless an earlier code to this number is still good."""
    try:
        sent = sending.send(request, phone, PURPOSE)
    except codes.QuestionFirst as refusal:
        return sending.ask_first(request, refusal, after=request.path)
    except Refusal as refusal:
        waiting = of(request, PURPOSE)
        if waiting and waiting.phone == phone:
            messages.info(request, refusal.message)
        else:
            form.add_error("phone", refusal.message)
    else:
        keep(request, PURPOSE, Pending(phone, code=str(sent.uuid)))
    return None


def _proved(request: HttpRequest, phone: str, code_form: CodeForm) -> bool:
    now, key = timezone.now(), session_key(request)
    if codes.confirmed(phone, PURPOSE, session_key=key, at=now):
        return True
    try:
        codes.check(phone, code_form.cleaned_data["code"], PURPOSE, session_key=key, at=now)
    except Refusal as refusal:
        code_form.add_error("code", refusal.message)
        return False
    return True


def _file(request: HttpRequest, form: RecoverForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        filed = recovery.file(
            name=data["name"],
            id_last6=data["id_last6"],
            district=data["district"],
            old_phone=data["old_phone"],
            new_phone=data["phone"],
            note=data["note"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return None
    forget(request, PURPOSE)
    request.session[DONE] = filed.reference
    return redirect("accounts:recover_done")


@login_not_required
@require_safe
def recover_done(request: HttpRequest) -> HttpResponse:
    """The receipt, as long as the session lives."""
    reference = request.session.get(DONE)
    if not reference:
        messages.info(request, _("没有找到你提交的申请。"))
        return redirect("accounts:recover")
    return render(request, "accounts/recover_done.html", {"reference": reference})
