"""Sending and checking SMS codes for this browser."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import codes, question, sms
from accounts.forms.phone import PhoneForm
from accounts.pending import session_key
from accounts.views import sending
from core import masking
from core.errors import Refusal

from ..forms import VerifyForm

COMPLAIN, OWN, RESUME, STATUS = "wages.complain", "wages.own", "wages.resume", "wages.status"


def verify_form(*args: Any, **kwargs: Any) -> VerifyForm:
    return VerifyForm(*args, **kwargs)


def phone_form(*args: Any, **kwargs: Any) -> PhoneForm:
    return PhoneForm(*args, **kwargs)


def send(request: HttpRequest, phone: str, purpose: str, *, then: str) -> HttpResponse:
    """Send a code and go to the page `then`; why none could be sent is said there. Nothing typed is lost."""
    try:
        sent = sending.send(request, phone, purpose)
    except codes.QuestionFirst:
        return redirect(question.url(after=then))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect(then)
    messages.success(request, _("验证码已发到 {phone}。").format(phone=masking.mask_phone(phone)))
    if settings.DEMO:
        messages.warning(request, _("演示：短信不会真的发出。") + sms.text_about(codes.EVENT, sent.uuid))
    return redirect(then)


def check(request: HttpRequest, form: Form, purpose: str, *, phone: str = "") -> bool:
    """Whether the typed code proves the phone; a wrong one becomes the field's error."""
    number, at = phone or form.cleaned_data["phone"], timezone.now()
    bound = {"session_key": session_key(request), "at": at}
    if codes.confirmed(number, purpose, **bound):
        return True
    try:
        codes.check(number, form.cleaned_data["code"], purpose, **bound)
    except Refusal as refusal:
        if codes.confirmed(number, purpose, **bound):
            return True  # the first half of a double click used the code meanwhile
        form.add_error("code", refusal.message)
        return False
    return True
