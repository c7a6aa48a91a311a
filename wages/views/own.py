"""What only the complainant may do: add material, withdraw, say whether the money came. First a code by SMS."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import masking, submissions
from core.errors import Refusal

from .. import services
from ..enums import OPEN, CaseState
from ..forms import ProveForm, SupplyForm
from ..models import Case
from . import _access, _phone
from .status import _ask_first

View = Callable[[HttpRequest, Case], HttpResponse]


def _actor(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


def _by_owner(view: View) -> Callable[..., HttpResponse]:
    """Find the case and let only its complainant pass; others are asked for the code, or for the pair."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str) -> HttpResponse:
        at = timezone.now()
        case = _access.seen_case(request, number, at=at)
        if case is None:
            return _ask_first(number)
        if not _access.owns(request, case, at=at):
            query = urlencode({"next": request.path})
            return redirect(f"{reverse('wages:prove', args=[number])}?{query}")
        return view(request, case)

    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(guarded))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, number: str) -> HttpResponse:
    """A code to the case's own number; nothing here shows more of it than four digits."""
    at = timezone.now()
    case = _access.seen_case(request, number, at=at)
    if case is None or case.phone is None:
        return _ask_first(number)
    after = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(after, allowed_hosts=None) or not after.startswith("/wages/"):
        after = reverse("wages:case", args=[number])
    phone, form = case.phone.open(), ProveForm()
    if request.method == "POST" and request.POST.get("action") == "send":
        here = f"{reverse('wages:prove', args=[number])}?{urlencode({'next': after, 'sent': 1})}"
        return _phone.send(request, phone, _phone.OWN, then=here)
    if request.method == "POST":
        form = ProveForm(request.POST)
        if form.is_valid() and _phone.check(request, form, _phone.OWN, phone=phone):
            _access.note(request, _access.OWN, case.number, at)
            return redirect(after)
    context = {"form": form, "case": case, "after": after, "phone": masking.mask_phone(phone)}
    return render(request, "wages/prove.html", {**context, "sent": request.method == "POST" or "sent" in request.GET})


def _act(request: HttpRequest, case: Case, purpose: str, effect: Callable[[], str]) -> HttpResponse:
    """Do it once per rendered form, and show the case; a refusal is said there."""
    try:
        submissions.once(request, purpose, effect, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("wages:case", number=case.number)


@_by_owner
def add(request: HttpRequest, case: Case) -> HttpResponse:
    """More photos and words; where the office asked for them, its clock runs on afterwards."""
    wanted = case.state == CaseState.SUPPLEMENT
    if request.method != "POST" or case.state not in OPEN:
        if case.state not in OPEN:
            return redirect("wages:case", number=case.number)
        return _show_add(request, case, SupplyForm(), [])
    form = SupplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_add(request, case, form, [])
    files, words = form.cleaned_data["files"], form.cleaned_data["words"]
    if not files and not words:
        form.add_error(None, _("请拍照、选文件，或者写几句说明。"))
        return _show_add(request, case, form, [])
    at = timezone.now()
    failures: list[str] = []

    def effect() -> str:
        _kept, failed = services.add_evidence(case, files, by=_actor(request), at=at) if files else (0, [])
        failures.extend(failed)
        if words:
            services.add_words(case, words, by=_actor(request), at=at)
        if wanted and (words or len(failed) < len(files)):
            services.supply(case, by=_actor(request), at=at)
        return case.number

    response = _act(request, case, "wages.add", effect)
    for sentence in failures:
        messages.error(request, sentence)
    return response


def _show_add(request: HttpRequest, case: Case, form: SupplyForm, failures: list[str]) -> HttpResponse:
    asked = case.documents.filter(kind="supplement").order_by("-issued_at", "-pk").first()
    context = {"case": case, "form": form, "failures": failures, "asked": asked}
    return render(request, "wages/add.html", context)


@_by_owner
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        return render(request, "wages/withdraw.html", {"case": case, "open": case.state in OPEN})

    def effect() -> str:
        return services.withdraw(case, by=_actor(request), at=timezone.now()).number

    return _act(request, case, "wages.withdraw", effect)


@_by_owner
def named(request: HttpRequest, case: Case) -> HttpResponse:
    """Whether the employer may know the name: the person's own word, either way."""
    if request.method != "POST":
        return render(request, "wages/named.html", {"case": case, "unnamed": services.is_unnamed(case)})
    verb = services.agree_named if request.POST.get("answer") == "named" else services.ask_confidential

    def effect() -> str:
        return verb(case, by=_actor(request), at=timezone.now()).number

    return _act(request, case, "wages.named", effect)
