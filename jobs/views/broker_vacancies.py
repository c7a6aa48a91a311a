"""The broker's vacancies: find one, see who fits, recommend; register, correct, refresh and close one's own."""

import time
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import submissions
from core.calendar import local_day
from core.errors import Refusal
from core.pagination import KeysetPaginator, estimate
from workers.models import JobIntent

from .. import candidates, cards, policies, services
from ..enums import RECOMMEND_AT_MOST
from ..forms import FilterForm, ReasonForm, VacancyForm
from ..models import Application, Vacancy
from . import _desk

_SCOPES = ("here", "mine", "city")
_NARROW = ("same_trade", "certified", "available", "fresh")
_MOST_TICKS = 200  # what a hostile form may send before it is cut off


@require_safe
def vacancies(request: HttpRequest) -> HttpResponse:
    """/broker/vacancies/: of my places, registered by me, or the whole city's."""
    _desk.only_brokers(request)
    at = timezone.now()
    scope = request.GET.get("scope", "")
    scope = scope if scope in _SCOPES else "here"
    chosen = FilterForm(request.GET, today=local_day(at)).chosen()
    rows = {
        "here": lambda: _desk.local_vacancies(request.user, at),
        "mine": lambda: Vacancy.objects.filter(registered_by=request.user),
        "city": lambda: Vacancy.objects.published(at),
    }[scope]()
    found = rows.search(chosen.get("q", ""), trade=chosen.get("trade", ""), district=chosen.get("district", ""))
    page = KeysetPaginator(found.for_cards(), order=("-refreshed_at", "-pk")).page(request.GET.get("cursor", ""))
    context = {
        "menu": _desk.menu(request.user, at, "broker_vacancies"),
        "chips": _scope_chips(scope, chosen.get("q", "")),
        "scope": scope,
        "words": chosen.get("q", ""),
        "count": estimate(found),
        "page": page,
        "jobs": [{"row": row, "card": cards.card(row, url=_address(row))} for row in page],
    }
    return render(request, "broker/vacancies.html", context)


def _address(vacancy: Vacancy) -> str:
    return reverse("jobs:broker_vacancy", args=[vacancy.pk])


def _scope_chips(scope: str, words: str) -> list[dict[str, Any]]:
    labels = {"here": _("本地在招"), "mine": _("我登记的"), "city": _("全市在招")}
    rest = {"q": words} if words else {}
    return [
        {"word": labels[name], "url": f"?{urlencode({'scope': name, **rest})}", "here": name == scope}
        for name in _SCOPES
    ]


def _seen(request: HttpRequest, pk: int) -> Vacancy:
    rows = Vacancy.objects.visible_to(request.user).select_related("employer", "registered_by")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """/broker/vacancies/<id>/: ranked people with reasons; a post recommends the ticked ones."""
    _desk.only_brokers(request)
    at = timezone.now()
    row = _seen(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            return _recommend(request, row, at)
        except Refusal as error:
            refusal = error.message
    return render(request, "broker/vacancy.html", _workbench(request, row, at, refusal), status=409 if refusal else 200)


def _ticked(request: HttpRequest) -> list[int]:
    values = request.POST.getlist("worker")[:_MOST_TICKS]
    return [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 19]


def _recommend(request: HttpRequest, row: Vacancy, at: datetime) -> HttpResponse:
    def effect() -> str:
        sent = services.recommend(row, _ticked(request), by=request.user, at=at)
        return f"{len(sent.offers)}:{sent.skipped}"

    outcome = submissions.once(request, "jobs.recommend", effect, at=at)
    done, skipped = outcome.result.split(":")
    words = _("已推荐 {done} 人，每人会收到一条短信。").format(done=done)
    if skipped != "0":
        words += _("跳过 {skipped} 人：已被推荐过，或不再接受推荐。").format(skipped=skipped)
    messages.success(request, words)
    return redirect("jobs:broker_vacancy", row.pk)


def _workbench(request: HttpRequest, row: Vacancy, at: datetime, refusal: str) -> dict[str, Any]:
    day = local_day(at)
    is_open = Vacancy.objects.published(at).filter(pk=row.pk).exists()
    on = {name for name in _NARROW if request.GET.get(name) == "1"}
    started = time.perf_counter()
    ranking = candidates.Ranking([], 0)
    if is_open:
        narrowing = candidates.Narrowing(**dict.fromkeys(on, True))
        ranking = candidates.rank(row, request.user, at=at, narrowing=narrowing)
    milliseconds = round((time.perf_counter() - started) * 1000)
    top = RECOMMEND_AT_MOST if request.GET.get("pick") == "top" else 0
    ticked = set(_ticked(request)) if refusal else {c.worker.pk for c in ranking.candidates[:top]}
    return {
        "menu": _desk.menu(request.user, at, "broker_vacancies"),
        "vacancy": row,
        "is_open": is_open,
        "pay": cards.pay(row),
        "pay_unit": cards.pay_unit(row),
        "tags": cards.tags(row),
        "people": _lines(request, ranking, day, ticked),
        "chosen": len(ticked),
        "weighed": ranking.weighed,
        "looking": _looking(request.user, day) if is_open else None,
        "milliseconds": milliseconds,
        "chips": _narrow_chips(on),
        "pick_url": f"?{urlencode({**dict.fromkeys(sorted(on), 1), 'pick': 'top'})}",
        "most": RECOMMEND_AT_MOST,
        "refusal": refusal,
        "has_errors": bool(refusal),
        "manages": policies.may_manage(request.user, row),
        "asked": _asked(row, request.user),
        "rows": cards.statutory_rows(row),
    }


def _looking(user: Any, day: Any):
    """How many people of the jurisdiction look for work and agreed to be recommended."""
    return estimate(JobIntent.objects.candidates().filter(home_district__in=candidates.districts_of(user, day)))


def _lines(request: HttpRequest, ranking: candidates.Ranking, day: Any, ticked: set[int]) -> list[dict[str, Any]]:
    ids = [candidate.worker.pk for candidate in ranking.candidates]
    by_me = Application.objects.placements().filter(worker_id__in=ids, recommendation__broker=request.user)
    placed = set(by_me.values_list("worker_id", flat=True))
    return [
        _desk.candidate_line(c, day=day, chosen=c.worker.pk in ticked, placed=c.worker.pk in placed)
        for c in ranking.candidates
    ]


def _narrow_chips(on: set[str]) -> list[dict[str, Any]]:
    labels = {
        "same_trade": _("会这个工种"),
        "certified": _("有技能证"),
        "available": _("随时能来"),
        "fresh": _("信息新"),
    }
    chips = []
    for name, word in labels.items():
        rest = on ^ {name}
        chips.append({"word": word, "url": f"?{urlencode(dict.fromkeys(sorted(rest), 1))}", "on": name in on})
    return chips


def _asked(row: Vacancy, user: Any) -> dict[str, int]:
    """What became of my offers for this vacancy."""
    states = row.recommendations.filter(broker=user).values_list("state", flat=True)
    return {
        "offered": sum(state == "offered" for state in states),
        "accepted": sum(state == "accepted" for state in states),
        "declined": sum(state == "declined" for state in states),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """/broker/vacancies/new/: the six statutory fields; an official publishes it."""
    _desk.only_brokers(request)
    return _notice_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a notice that was not passed, and hand it in again."""
    _desk.only_brokers(request)
    row = _seen(request, pk)
    if not policies.may_manage(request.user, row):
        raise PermissionDenied(_("只有登记人可以修改这个岗位。"))
    return _notice_form(request, row)


def _notice_form(request: HttpRequest, row: Vacancy | None) -> HttpResponse:
    at = timezone.now()
    form = VacancyForm(request.POST or None, instance=row, user=request.user, today=local_day(at))
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, form, row, at)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {"menu": _desk.menu(request.user, at, "register"), "form": form, "vacancy": row}
    return render(request, "broker/vacancy_form.html", context)


def _save(request: HttpRequest, form: VacancyForm, row: Vacancy | None, at: datetime) -> HttpResponse:
    def effect() -> str:
        if row is None:
            saved = services.register(by=request.user, at=at, **form.values())
        else:
            stored = Vacancy.objects.select_related("employer").get(pk=row.pk)
            saved = services.revise(stored, by=request.user, at=at, **form.values())
        return _address(saved)

    outcome = submissions.once(request, "jobs.notice", effect, at=at)
    messages.success(request, _("已提交，工作人员审核后发布。"))
    return redirect(outcome.result)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Still open: move it up the list."""
    _desk.only_brokers(request)
    row = _seen(request, pk)
    try:
        services.refresh(row, by=request.user, at=timezone.now())
    except Refusal as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("已刷新，岗位排到前面了。"))
    return redirect("jobs:broker_vacancy", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a vacancy, with the reason; whoever waits is told."""
    _desk.only_brokers(request)
    at = timezone.now()
    row = _seen(request, pk)
    if not policies.may_manage(request.user, row):
        raise PermissionDenied(_("只有登记人可以关闭这个岗位。"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(row, reason=form.cleaned_data["reason"], by=request.user, at=at)
            messages.success(request, _("岗位已关闭，等答复的人会收到通知。"))
            return redirect("jobs:broker_vacancy", row.pk)
        except Refusal as error:
            form.add_error(None, error.message)
    context = {"menu": _desk.menu(request.user, at, "broker_vacancies"), "form": form, "vacancy": row}
    return render(request, "broker/close.html", context)
