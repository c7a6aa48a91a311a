"""The complaint, from the first question to the receipt; plain forms, each answer kept at once."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import phones, stepup
from accounts.policies import is_worker
from core import submissions
from core.calendar import local_day
from core.errors import Refusal

from .. import law, services, steps
from ..forms import CheckForm
from ..marks import read_wage_code
from ..models import Draft, WageCode
from ..summary import rows_of
from . import _access, _phone


def _asked_again_on_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Back shows 已提交 instead of old answers. Answers to a post stay in the browser, which could not ask again."""

    @wraps(view)
    def fresh(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method != "POST":
            add_never_cache_headers(response)
        return response

    return fresh


def proven_phone(request: HttpRequest) -> str:
    """The number of a signed-in worker, which needs no second code."""
    user = request.user
    if is_worker(user) and user.phone and user.phone_verified_at and not stepup.is_held(request):
        return user.phone.open()
    return ""


def resume_words(draft: Draft) -> dict:
    """下次接着填: the code on every page of a draft, and how long it is good for."""
    return {"code": services.spelt(draft), "days": law.draft_days(local_day(timezone.now()))}


def _actor(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


@login_not_required
@_asked_again_on_back
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Where a complaint begins or goes on; a wage code comes along as `code`."""
    typed = request.POST.get("code") or request.GET.get("code") or ""
    code = WageCode.objects.active().select_related("employer", "project").filter(code=read_wage_code(typed)).first()
    draft = _access.draft_of(request)
    if request.method != "POST":
        context = {"code": code, "draft": draft, "receipts": _access.receipts(request)}
        return render(request, "wages/start.html", context)
    if draft is None or request.POST.get("new") or (code and draft.wage_code_id != code.pk):
        worker = request.user if is_worker(request.user) else None
        draft = services.begin(code=code, by=worker, at=timezone.now())
    _access.hold(request, draft)
    return go_on(draft)


def go_on(draft: Draft) -> HttpResponse:
    """The first open question, or the check page."""
    waiting = steps.first_open(draft)
    return redirect("wages:step", slug=waiting.slug) if waiting else redirect("wages:check")


@login_not_required
@_asked_again_on_back
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One question."""
    draft = _access.draft_of(request)
    if draft is None:
        return redirect("wages:complain")
    page = steps.find(draft, slug)
    if page is None:
        return go_on(draft)
    today = local_day(timezone.now())
    if request.method != "POST":
        return _show(request, draft, page, page.form(today=today, initial=page.form.initial_from(draft)))
    if request.POST.get("remove"):
        return _remove(request, draft, page)
    form = page.form(request.POST, request.FILES, today=today)
    failures = (
        services.attach(draft, form["files"].data, by=_actor(request), at=timezone.now())
        if page is steps.EVIDENCE
        else []
    )
    if not form.is_valid():
        return _show(request, draft, page, form, failures)
    draft = services.answer(draft, page.slug, form.values(), by=_actor(request), at=timezone.now())
    if failures:
        return _show(request, draft, page, form, failures)
    return _after(request, draft, page)


def _after(request: HttpRequest, draft: Draft, page: steps.Step) -> HttpResponse:
    """Back to the answers when the person came from there, else to the next question."""
    following = steps.after(draft, page)
    if following is None or request.POST.get("back_to") == "check":
        return redirect("wages:check")
    return redirect("wages:step", slug=following.slug)


def _remove(request: HttpRequest, draft: Draft, page: steps.Step) -> HttpResponse:
    """Take one picture away; what was typed beside it is kept."""
    chosen = request.POST["remove"]
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 16:
        services.detach(draft, int(chosen), by=_actor(request), at=timezone.now())
    form = page.form(request.POST, today=local_day(timezone.now()))
    if form.is_valid():
        services.answer(draft, page.slug, form.values(), by=_actor(request), at=timezone.now())
    return redirect("wages:step", slug=page.slug)


def _show(request: HttpRequest, draft: Draft, page: steps.Step, form, failures: list[str] = ()) -> HttpResponse:
    order = steps.steps_of(draft)
    back_to = request.POST.get("back_to") or request.GET.get("back_to") or ""
    previous = steps.before(draft, page)
    if back_to == "check" or page in steps.OPTIONAL:
        back = reverse("wages:check")
    else:
        back = reverse("wages:step", args=[previous.slug]) if previous else reverse("wages:complain")
    context = {
        "draft": draft,
        "page": page,
        "form": form,
        "failures": failures,
        "has_errors": bool(failures),
        "resume": resume_words(draft),
        "number": order.index(page) + 1 if page in order else 0,
        "total": len(order) + steps.PAGES_AFTER,
        "back": back,
        "back_to": "check" if back_to == "check" else "",
        "kept": [
            {"name": _("材料 {n}").format(n=n), "remove_name": "remove", "remove_value": row.pk}
            for n, row in enumerate(draft.files.order_by("pk"), 1)
        ],
    }
    return render(request, "wages/step.html", context)


@login_not_required
@_asked_again_on_back
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """All answers on one page, each with 修改; then the promise that they are true."""
    draft = _access.draft_of(request)
    if draft is None and request.method != "POST":
        return redirect("wages:complain")
    phone = proven_phone(request)
    if request.method != "POST":
        if steps.first_open(draft):
            return go_on(draft)
        known = draft.phone.open() if draft.phone else ""
        return _show_check(request, draft, CheckForm(ask_phone=not phone, initial={"phone": known}))
    form = CheckForm(request.POST, ask_phone=not phone)
    if phone and form.is_valid():
        return _submit(request, draft, phone)
    if draft is None:
        return redirect("wages:complain")
    if steps.first_open(draft):
        return go_on(draft)
    if not form.is_valid():
        return _show_check(request, draft, form)
    services.pledge(draft, by=_actor(request), at=timezone.now())
    services.remember_phone(draft, form.cleaned_data["phone"], by=_actor(request), at=timezone.now())
    return _phone.send(request, form.cleaned_data["phone"], _phone.COMPLAIN, then=reverse("wages:verify"))


def _show_check(request: HttpRequest, draft: Draft, form: CheckForm) -> HttpResponse:
    order = steps.steps_of(draft)
    context = {
        "draft": draft,
        "form": form,
        "rows": rows_of(draft),
        "resume": resume_words(draft),
        "number": len(order) + 1,
        "total": len(order) + steps.PAGES_AFTER,
        "signed_in": "phone" not in form.fields,
    }
    return render(request, "wages/check.html", context)


@login_not_required
@_asked_again_on_back
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The last page: the code from the text message. A plain address, so it survives leaving."""
    draft = _access.draft_of(request)
    if request.method != "POST":
        if draft is None or draft.phone is None or draft.pledged_at is None:
            return redirect("wages:check" if draft else "wages:complain")
        form = _phone.verify_form(initial={"phone": phones.spaced(draft.phone.open())})
        return _show_verify(request, draft, form)
    if request.POST.get("action") == "send":
        return _send_again(request, draft)
    form = _phone.verify_form(request.POST)
    if form.is_valid() and _phone.check(request, form, _phone.COMPLAIN):
        return _submit(request, draft, form.cleaned_data["phone"])
    return _show_verify(request, draft, form) if draft else redirect("wages:complain")


def _send_again(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    if draft is None:
        return redirect("wages:complain")
    form = _phone.phone_form(request.POST)
    if not form.is_valid():
        full = _phone.verify_form(initial={"phone": request.POST.get("phone", "")[:40]})
        messages.error(request, form.errors["phone"][0])
        return _show_verify(request, draft, full)
    services.remember_phone(draft, form.cleaned_data["phone"], by=_actor(request), at=timezone.now())
    return _phone.send(request, form.cleaned_data["phone"], _phone.COMPLAIN, then=reverse("wages:verify"))


def _show_verify(request: HttpRequest, draft: Draft, form) -> HttpResponse:
    total = len(steps.steps_of(draft)) + steps.PAGES_AFTER
    context = {"form": form, "draft": draft, "number": total, "total": total, "resume": resume_words(draft)}
    return render(request, "wages/verify.html", context)


def _submit(request: HttpRequest, draft: Draft | None, phone: str) -> HttpResponse:
    """File once per rendered form: a double click, a reload and Back all end at the same receipt."""
    at = timezone.now()

    def effect() -> str:
        if draft is None:
            raise Refusal(_("这份投诉已经提交过了，请查看回执。"))
        ready = services.pledge(draft, by=_actor(request), at=at) if draft.pledged_at is None else draft
        return services.file(ready, phone=phone, by=_actor(request), at=at).number

    try:
        outcome = submissions.once(request, "wages.complain", effect, at=at)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("wages:complain")
    _access.add_receipt(request, outcome.result, at)
    return redirect("wages:receipt", number=outcome.result)


@login_not_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away, with its pictures."""
    draft = _access.draft_of(request)
    if draft:
        services.discard(draft, by=_actor(request), at=timezone.now())
    request.session.pop(_access.DRAFT, None)
    messages.success(request, _("草稿已删除。"))
    return redirect("wages:complain")
