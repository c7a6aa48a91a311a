"""What every page does that sends a code: count the address, and ask the question where it is busy."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from .. import address, codes, question
from ..pending import session_key


def send(request: HttpRequest, phone: str, purpose: str) -> codes.Sent:
    """Send a code bound to this browser. Raises `codes.QuestionFirst` or another `Refusal`."""
    now = timezone.now()
    asked = question.answered(request, at=now)
    sent = codes.send(
        phone, purpose, session_key=session_key(request), at=now, address=address.of(request), asked=asked
    )
    if asked:
        question.use_up(request)
    return sent


def ask_first(request: HttpRequest, refusal: codes.QuestionFirst, *, after: str) -> HttpResponse:
    """Lead to the question and back to `after`."""
    messages.info(request, refusal.message)
    return redirect(question.url(after=after))
