"""A case's progress, without an account: number and four digits to look, a code by SMS to act."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import address, question
from core import audit, calendar, handwritten, qr
from core.pagination import KeysetPaginator

from .. import elsewhere, law, offices, policies, public_clock, receipts, services, summary, timeline
from ..desk import with_due
from ..enums import OPEN, UNDER_WAY, CaseState
from ..forms import StatusForm
from ..letters import TO_THE_EMPLOYER
from ..marks import read_case_number
from ..models import Case, Receipt, Transferral
from . import _access


def _ask_first(number: str) -> HttpResponse:
    """Back to the question, the same for a number that does not exist."""
    known = read_case_number(number)
    query = f"?{urlencode({'number': known})}" if known else ""
    return redirect(f"{reverse('wages:status')}{query}")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Number and last four digits; every wrong answer reads the same."""
    if request.method != "POST":
        return render(request, "wages/status_ask.html", {"form": StatusForm(initial=_known(request))})
    form = StatusForm(request.POST)
    if form.is_valid():
        at, here, number = timezone.now(), address.of(request), form.cleaned_data["number"]
        if services.is_busy(here, at=at):
            if not question.answered(request, at=at):
                return redirect(question.url(after=f"{request.path}?{urlencode({'number': number})}"))
            question.use_up(request)
        case = services.find(number, form.cleaned_data["phone_last4"], at=at, address=here)
        if case:
            _access.note(request, _access.SEEN, case.number, at)
            return redirect("wages:case", number=case.number)
        form.add_error(
            None, _("没有查到。编号或手机后四位不对，或者试的次数太多了。核对后再试，或者用手机收验证码查，不用等。")
        )
    return render(request, "wages/status_ask.html", {"form": form})


def _known(request: HttpRequest) -> dict:
    return {"number": read_case_number(request.GET.get("number", "")) or ""}


def _sent(case: Case) -> Transferral:
    """Where it went and what came of it; what was sent before answers were kept has none."""
    known = case.transferrals.order_by("-pk").first()
    return known or Transferral(case=case, target=case.transfer_target, sent_at=case.closed_at)


@login_not_required
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Where the case stands, who has it, what comes next and by when."""
    at = timezone.now()
    found = _access.seen_case(request, number, at=at)
    if found is None:
        return _ask_first(number)
    office, today = offices.office_of(found.seat), calendar.local_day(at)
    trail = list(audit.timeline(found))
    begun = timeline.first_division(found, trail)
    first = office if begun == found.seat else offices.office_of(begun)
    length = law.closing_workdays(today)
    clock = public_clock.read(found, today=today)
    context = {
        "case": found,
        # Names of officials are for the person alone, not for who knows four digits.
        "sights": timeline.sights(trail) if _access.owns(request, found, at=at) else None,
        "is_mine": policies.is_complainant(request.user, found),
        "heading": timeline.heading(found),
        "office": office,
        "clock": clock,
        "ways": public_clock.ways(found, office, law.inaction(today), clock=clock),
        "outside": found.outside if found.state in OPEN else None,
        "sent": _sent(found) if found.state == CaseState.TRANSFERRED else None,
        "items": timeline.items(found, trail, office=first.name, close_workdays=length),
        "letters": found.documents.exclude(kind__in=TO_THE_EMPLOYER).order_by("issued_at", "pk"),
        "away": elsewhere.panel(found, today=today),
        "open": found.state in OPEN,
        "may_confirm": found.accepted_at and found.state in (*UNDER_WAY, CaseState.SETTLED),
        "needs_papers": found.state == CaseState.SUPPLEMENT,
        "asked_whether_paid": found.unanswered_now > 0,
    }
    return render(request, "wages/case.html", context)


@login_not_required
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt: number, what happens next and by when, whom to call. Survives a bookmark, prints on one page."""
    found = _access.seen_case(request, number, at=timezone.now())
    if found is None:
        return _ask_first(number)
    stub = Receipt.objects.filter(case=found).first()
    context = {
        "case": found,
        "office": offices.office_of(found.seat),
        "rows": summary.receipt_rows(found),
        "stub": stub,
        "code": handwritten.grouped(receipts.short_code(bytes(stub.signature))) if stub else "",
    }
    return render(request, "wages/receipt.html", context)


@login_not_required
@require_safe
def case_qr(request: HttpRequest, number: str) -> HttpResponse:
    """Leads to the question with the number filled in; says nothing that the number does not say."""
    known = read_case_number(number)
    if known is None:
        raise Http404
    target = f"{reverse('wages:status')}?{urlencode({'number': known})}"
    return qr.svg(request.build_absolute_uri(target))


@login_not_required
@require_safe
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A letter to the complainant, for the screen and for the printer."""
    found = _access.seen_case(request, number, at=timezone.now())
    if found is None:
        return _ask_first(number)
    letter = get_object_or_404(found.documents.exclude(kind__in=TO_THE_EMPLOYER), pk=pk)
    context = {"case": found, "letter": letter, "office": offices.office_of(letter.division)}
    return render(request, "wages/paper.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My complaints, newest first; also those that I filed before I had an account."""
    page = KeysetPaginator(Case.objects.of_account(request.user), order=("-submitted_at", "-pk")).page(
        request.GET.get("cursor", "")
    )
    with_due(page.items, at=timezone.now())
    return render(request, "wages/mine.html", {"page": page})
