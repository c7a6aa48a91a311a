"""The broker's vacancies: find one, see who fits and why, recommend."""

import time
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import submissions
from core.calendar import local_day
from core.errors import Refusal
from core.pagination import KeysetPaginator, estimate
from workers.models import JobIntent

from .. import candidates, cards, policies, services
from ..enums import RECOMMEND_AT_MOST
from ..forms import FilterForm
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
        "jobs": [{"row": row, "card": cards.card(row, url=address_of(row))} for row in page],
    }
    return render(request, "broker/vacancies.html", context)


def address_of(vacancy: Vacancy) -> str:
    return reverse("jobs:broker_vacancy", args=[vacancy.pk])


def _scope_chips(scope: str, words: str) -> list[dict[str, Any]]:
    labels = {"here": _("本地在招"), "mine": _("我登记的"), "city": _("全市在招")}
    rest = {"q": words} if words else {}
    return [
        {"word": labels[name], "url": f"?{urlencode({'scope': name, **rest})}", "here": name == scope}
        for name in _SCOPES
    ]


def seen(request: HttpRequest, pk: int) -> Vacancy:
    rows = Vacancy.objects.visible_to(request.user).select_related("employer", "registered_by")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """/broker/vacancies/<id>/: ranked people with reasons; a post recommends the ticked ones."""
    _desk.only_brokers(request)
    at = timezone.now()
    row = seen(request, pk)
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
        "may_close": row.FLOW.allows("close", row.state),
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
