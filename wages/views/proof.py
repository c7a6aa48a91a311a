"""Whether a receipt is true: for whoever holds one, without an account, and without a word of what was filed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from core import qr, signatures

from .. import receipts, services
from ..forms import ProofForm
from ..marks import read_case_number
from ..models import Receipt
from ..services.receipts import claimed_of
from . import _access


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A QR code answers at once; number and short code are typed."""
    if "s" in request.GET and request.method != "POST":
        claimed = receipts.read_query(request.GET)
        answer = services.judge_scanned(claimed) if claimed else (receipts.Verdict.ALTERED, None)
        number = read_case_number(request.GET.get("n", "")) or ""
        return _show(request, ProofForm(initial={"number": number}), answer, number)
    if request.method != "POST":
        return _show(request, ProofForm(initial={"number": read_case_number(request.GET.get("number", "")) or ""}))
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    number = form.cleaned_data["number"]
    return _show(request, form, services.judge_typed(number, form.cleaned_data["code"]), number)


def _show(
    request: HttpRequest,
    form: ProofForm,
    answer: tuple[receipts.Verdict, Receipt | None] | None = None,
    number: str = "",
) -> HttpResponse:
    verdict, stub = answer or (None, None)
    context = {"form": form, "verdict": verdict.value if verdict else "", "stub": stub, "number": number}
    return render(request, "wages/proof.html", context)


@login_not_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys, and what is signed, for whoever checks without us."""
    about = (
        "SHA-256 digest and signature stand in the QR code; message: form, number, time and hex digest, one per line"
    )
    answer = {"algorithm": "Ed25519", "form": receipts.FORM, "message": about, "keys": signatures.public_keys()}
    return JsonResponse(answer)


@login_not_required
@require_safe
def qr_of(request: HttpRequest, number: str) -> HttpResponse:
    """The QR code on a receipt, for whoever may see that receipt; it carries number, time, digest and signature."""
    case = _access.seen_case(request, number, at=timezone.now())
    stub = Receipt.objects.filter(case=case).first() if case else None
    if stub is None:
        raise Http404
    target = f"{reverse('wages:proof')}?{urlencode(receipts.query(claimed_of(stub)))}"
    return qr.svg(request.build_absolute_uri(target))
