"""One screen on which a broker brings a client's information up to date, and the client's word for it."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.sms import text_about
from core.calendar import local_day
from core.errors import Refusal
from core.templatetags.ui import cn_datetime

from .. import services
from ..enums import MandateScope, Source
from ..forms import PageForm, UpdateCodeForm
from ..forms.page import is_brokers
from ..freshness import confirming, updating
from ..freshness.evidence import present
from ..freshness.wording import labels_of
from ..indicators import BY_CODE, INDICATORS
from ..models import BrokerUpdate, Worker
from ..policies import may_act_for
from ..presentation import in_words, name_for, shown_to
from ..sources import held_source, source_words
from .broker import require_broker

# The broker knows the income as a band only, so its present value cannot be said again unseen.
_UNSEEN = {"monthly_income"}


def _client(request: HttpRequest, number: str, at: datetime) -> Worker:
    """404 for whoever gave no mandate, 403 when the mandate does not cover the profile."""
    require_broker(request.user)
    rows = Worker.objects.visible_to(request.user).select_related("intent", "provenance", "user")
    worker = get_object_or_404(rows, worker_no=number)
    if not may_act_for(request.user, worker, MandateScope.PROFILE, at=at):
        raise PermissionDenied(_("他的委托里没有“更新他的信息”这一项。"))
    return worker


@require_http_methods(["GET", "HEAD", "POST"])
def client_profile(request: HttpRequest, number: str) -> HttpResponse:
    """/broker/people/<number>/info/: what placing needs on one screen, and what waits for the client's word."""
    at = timezone.now()
    worker = _client(request, number, at)
    services.note_viewed(worker, by=request.user, at=at, purpose=_("替你更新信息"))
    theirs = [row for row in INDICATORS if is_brokers(row, worker)]
    typed = request.POST if request.method == "POST" else None
    form = PageForm(typed, worker=worker, indicators=theirs, day=local_day(at), unseen=_UNSEEN)
    if request.method == "POST" and form.is_valid() and _save(request, worker, form, at):
        return redirect("workers:client_profile", number)
    return render(request, "workers/client_profile.html", _page(request, worker, form, UpdateCodeForm(), at))


def _save(request: HttpRequest, worker: Worker, form: PageForm, at: datetime) -> bool:
    stated = form.stated()
    if request.POST.get("rest") == "same":
        stated = {**_unchanged(worker, form), **stated}
    if not stated:
        messages.info(request, _("没有改动。都问过、都没变的话，请点“其余的也问过，没有变”。"))
        return True
    try:
        saved = updating.state(worker, stated, by=request.user, at=at)
    except Refusal as no:
        form.add_error(no.field if no.field in form.fields else None, no.message)
        return False
    _say_what_became_of_it(request, saved)
    return True


def _unchanged(worker: Worker, form: PageForm) -> dict[str, Any]:
    """What was asked about and is still so: everything known that the broker could see."""
    return {
        row.code: present(worker, row) for row in form.indicators if row.code not in _UNSEEN and in_words(worker, row)
    }


def _say_what_became_of_it(request: HttpRequest, saved: updating.Saved) -> None:
    outcome = saved.outcome
    n = len(outcome.changed) + len(outcome.agreed)
    messages.success(request, _("已登记 {n} 项，记录里写着你的名字。").format(n=n))
    if outcome.kept:
        labels = labels_of([BY_CODE[code].number for code in outcome.kept])
        messages.warning(request, _("{what}：先以原来的为准，他确认之后才换成你填的。").format(what=labels))
    if saved.update is not None and not saved.sent:
        messages.info(request, _("没有再发短信（今天已发过，或没有他本人的手机号）。他可以在“我的”里确认。"))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_update(request: HttpRequest, number: str) -> HttpResponse:
    """/broker/people/<number>/info/confirm/: the code that the client read out."""
    at = timezone.now()
    worker = _client(request, number, at)
    update = _waiting(request.user, worker, at)
    if request.method != "POST" or update is None:
        return redirect("workers:client_profile", number)
    code = UpdateCodeForm(request.POST)
    if code.is_valid():
        try:
            confirming.by_code(update, code.cleaned_data["code"], by=request.user, at=at)
        except Refusal as no:
            code.add_error("code", no.message)
        else:
            messages.success(request, _("本人已确认 {what}。").format(what=labels_of(update.numbers)))
            return redirect("workers:client_profile", number)
    theirs = [row for row in INDICATORS if is_brokers(row, worker)]
    form = PageForm(None, worker=worker, indicators=theirs, day=local_day(at), unseen=_UNSEEN)
    return render(request, "workers/client_profile.html", _page(request, worker, form, code, at))


def _waiting(user: Any, worker: Worker, at: datetime) -> BrokerUpdate | None:
    return BrokerUpdate.objects.visible_to(user).waiting(at).filter(worker=worker).first()


def _page(request: HttpRequest, worker: Worker, form: PageForm, code: UpdateCodeForm, at: datetime) -> dict:
    update, today = _waiting(request.user, worker, at), local_day(at)
    return {
        "form": form,
        "code": code,
        "worker": worker,
        "name": name_for(request.user, worker),
        "update": update,
        "update_says": _says(worker, update) if update else [],
        "until": cn_datetime(update.expires_at) if update else "",
        "demo_text": text_about(updating.EVENT, update.uuid) if update and settings.DEMO else "",
        "fields": [
            {
                "bound": bound,
                "suffix": form.suffix_of(bound.name),
                "hint": _hint(request.user, worker, bound.name, today) or bound.help_text,
            }
            for bound in form
        ],
    }


def _says(worker: Worker, update: BrokerUpdate) -> list[dict]:
    """Which values wait, and whether they are shown already or only after the client's word."""
    found = []
    for row in INDICATORS:
        if row.number in update.numbers:
            is_shown = held_source(worker, row) == Source.BROKER
            found.append({"label": row.label, "is_shown": is_shown})
    return found


def _hint(user: Any, worker: Worker, name: str, today: date) -> str:
    """Who said the present value and when; the income as the band that a broker may know."""
    indicator = BY_CODE.get(name)
    if indicator is None:
        return ""
    band = shown_to(user, worker, indicator, on=today) if name in _UNSEEN else ""
    return " · ".join(filter(None, [band, source_words(worker, indicator)]))
