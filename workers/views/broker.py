"""What a broker does for workers here: ask for a mandate, and keep the information true under it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import address, codes, pending, phones
from accounts.policies import is_broker
from core.calendar import local_day
from core.errors import Refusal

from .. import services
from ..enums import Evidence, MandateScope, Source
from ..forms import MandateCodeForm, MandateRequestForm, PageForm
from ..forms.page import is_brokers
from ..indicators import BY_CODE, INDICATORS
from ..models import Worker
from ..policies import may_act_for
from ..presentation import name_for, shown_to
from ..sources import source_words

PURPOSE = "workers.mandate"
ASKED_SCOPE = "mandate_scope"


def _require_broker(user: Any) -> None:
    if not is_broker(user):
        raise PermissionDenied(_("这一页是劳务经纪人用的。"))


@require_http_methods(["GET", "HEAD", "POST"])
def request_mandate(request: HttpRequest) -> HttpResponse:
    """/broker/mandates/new/: whose mandate and for what. The answer is the same whether the person is known."""
    _require_broker(request.user)
    form = MandateRequestForm(
        request.POST if request.method == "POST" else None, initial={"scope": ["profile", "jobs"]}
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            phone = phones.clean(asked["phone"])
            codes.send(
                phone,
                PURPOSE,
                session_key=request.session.session_key,
                at=timezone.now(),
                address=address.of(request),
                asked=True,
            )
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            pending.keep(request, PURPOSE, pending.Pending(phone, name=asked["full_name"]))
            request.session[ASKED_SCOPE] = asked["scope"]
            return redirect("workers:mandate_code")
    return render(request, "workers/mandate_request.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_code(request: HttpRequest) -> HttpResponse:
    """/broker/mandates/code/: the code from the worker's phone makes the mandate."""
    _require_broker(request.user)
    asked, scope = pending.of(request, PURPOSE), request.session.get(ASKED_SCOPE)
    if asked is None or scope is None:
        return redirect("workers:mandate_request")
    form = MandateCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            _check_code(request, asked.phone, form.cleaned_data["code"], at)
            worker = _worker(asked.phone, asked.name)
            services.grant_mandate(
                worker, request.user, scope=scope, evidence=Evidence.SMS_CODE, by=request.user, at=at
            )
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            pending.forget(request, PURPOSE)
            del request.session[ASKED_SCOPE]
            messages.success(request, _("委托办好了，一年内有效，他可以随时结束。"))
            return redirect(reverse("jobs:people"))
    return render(request, "workers/mandate_code.html", {"form": form, "phone": phones.spaced(asked.phone)})


@require_http_methods(["GET", "HEAD", "POST"])
def client_profile(request: HttpRequest, number: str) -> HttpResponse:
    """/broker/people/<number>/info/: one screen to bring a client's information up to date, under the mandate."""
    _require_broker(request.user)
    at = timezone.now()
    rows = Worker.objects.visible_to(request.user).select_related("intent", "provenance")
    worker = get_object_or_404(rows, worker_no=number)
    if not may_act_for(request.user, worker, MandateScope.PROFILE, at=at):
        raise PermissionDenied(_("他的委托里没有“更新我的信息”这一项。"))
    services.note_viewed(worker, by=request.user, at=at, purpose=_("替你更新信息"))
    today = local_day(at)
    theirs = [row for row in INDICATORS if is_brokers(row, worker)]
    typed = request.POST if request.method == "POST" else None
    form = PageForm(typed, worker=worker, indicators=theirs, day=today, unseen={"monthly_income"})
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.record(worker, form.stated(), source=Source.BROKER, by=request.user, at=at)
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            if outcome.kept:
                messages.warning(request, _("本人今天刚填过的没有改动。"))
            messages.success(request, _("已更新 {n} 项，记录里写着你的名字。").format(n=len(outcome.changed)))
            return redirect("workers:client_profile", number)
    context = {
        "form": form,
        "worker": worker,
        "name": name_for(request.user, worker),
        "fields": [
            {
                "bound": bound,
                "suffix": form.suffix_of(bound.name),
                "hint": _hint(request.user, worker, bound.name, today) or bound.help_text,
            }
            for bound in form
        ],
    }
    return render(request, "workers/client_profile.html", context)


def _hint(user: Any, worker: Worker, name: str, today: date) -> str:
    """Who said the present value and when; the income as the band that a broker may know."""
    indicator = BY_CODE.get(name)
    if indicator is None:
        return ""
    band = shown_to(user, worker, indicator, on=today) if name == "monthly_income" else ""
    return " · ".join(filter(None, [band, source_words(worker, indicator)]))


def _check_code(request: HttpRequest, phone: str, typed: str, at: Any) -> None:
    """A code that this session has proved within ten minutes need not be typed again."""
    key = request.session.session_key
    if not codes.confirmed(phone, PURPOSE, session_key=key, at=at):
        codes.check(phone, typed, PURPOSE, session_key=key, at=at)


def _worker(phone: str, name: str) -> Worker:
    """The one person with this phone and name; a recycled number does not lead to its former holder."""
    found = [row for row in Worker.objects.with_mobile(phone)[:5] if row.full_name == name.strip()]
    if len(found) != 1:
        raise Refusal(_("没有找到用这个手机号登记的这位农民工。请他先用自己的手机登录登记，或一起到区县人社窗口办理。"))
    return found[0]
