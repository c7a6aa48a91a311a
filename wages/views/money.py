"""A person's own money: what the employer is said to have paid, and whether it came. Nobody else's stands here."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import submissions
from core.calendar import local_day
from core.errors import Refusal

from .. import offices, services, timeline
from ..enums import Heard
from ..marks import read_case_number
from ..models import Claimant, Payment
from ..own_money import sheet
from . import _access


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def money(request: HttpRequest, number: str) -> HttpResponse:
    """One card per claim that this browser may speak for; one tap per payment."""
    at = timezone.now()
    people = _access.own_people(request, number, at=at)
    if not people:
        return _prove(request, number)
    if request.method == "POST":
        return _answer(request, number, people)
    case, day = people[0].case, local_day(at)
    context = {
        "case": case,
        "number": read_case_number(number),
        "heading": timeline.heading(case),
        "office": offices.office_of(case.division),
        "sheets": [sheet(person, day=day) for person in people],
        "seen": _access.seen_case(request, number, at=at) is not None,
    }
    return render(request, "wages/paid.html", context)


def _prove(request: HttpRequest, number: str) -> HttpResponse:
    """Who named the case is sent a code to its phone; anybody else types the phone of their claim."""
    known = read_case_number(number)
    seen = _access.seen_case(request, number, at=timezone.now())
    if seen is not None and seen.phone is not None and not _access.owns(request, seen, at=timezone.now()):
        query = urlencode({"next": request.path})
        return redirect(f"{reverse('wages:prove', args=[seen.number])}?{query}")
    return redirect(f"{reverse('wages:by_code')}?{urlencode({'number': known} if known else {})}")


def _answer(request: HttpRequest, number: str, people: list[Claimant]) -> HttpResponse:
    try:
        submissions.once(request, "wages.paid", _effect(request, people), at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("已记下。"))
    return redirect("wages:paid", number=number)


def _effect(request: HttpRequest, people: list[Claimant]) -> Callable[[], str]:
    by = request.user if request.user.is_authenticated else None
    about = {"by": by, "heard": Heard.ACCOUNT if by else Heard.CODE}
    answer, mine = request.POST.get("answer"), {str(person.uuid): person for person in people}
    if answer == "all" and (person := mine.get(request.POST.get("person", ""))):
        return lambda: str(services.say_paid(person, at=timezone.now(), **about).pk)
    known = request.POST.get("payment", "")
    theirs = Payment.objects.filter(claimant__in=people)
    payment = theirs.filter(pk=known).first() if known.isdecimal() and len(known) < 18 else None
    if payment is None or answer not in ("yes", "no"):
        raise Refusal(_("这笔付款刚刚有了变化，请看过再答。"))
    verb = services.confirm_payment if answer == "yes" else services.contest_payment
    return lambda: str(verb(payment, at=timezone.now(), **about).pk)
