"""The list that everybody may read, and the page of one job."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.calendar import local_day
from core.pagination import KeysetPaginator, estimate

from .. import cards, fit, policies
from ..enums import Benefit
from ..forms import FilterForm
from ..models import Vacancy
from . import _mine

PER_PAGE = 20
SIMILAR = 4


def _search(chosen: dict[str, Any], at: datetime):
    return Vacancy.objects.published(at).search(
        chosen.get("q", ""),
        trade=chosen.get("trade", ""),
        district=chosen.get("district", ""),
        pay_from_fen=int(chosen.get("pay") or 0) * 100,
        benefits=[Benefit.LODGING, Benefit.MEALS] if chosen.get("board") else None,
        daily=chosen.get("daily", False),
    )


def _address(chosen: dict[str, Any]) -> str:
    """The list's address with these filters: what one keeps as a bookmark."""
    said = {name: "1" if value is True else value for name, value in chosen.items()}
    return f"{reverse('jobs:list')}?{urlencode(said)}" if said else reverse("jobs:list")


def _without(chosen: dict[str, Any], name: str) -> str:
    return _address({key: value for key, value in chosen.items() if key != name})


def _chips(form: FilterForm, chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """Every filter that is on, to take away; and the two quick ones to add."""
    chips = []
    for name in ("district", "trade", "pay"):
        if name in chosen:
            words = dict(_flat(form.fields[name].choices))
            chips.append({"word": words[chosen[name]], "url": _without(chosen, name), "on": True})
    for name in ("board", "daily"):
        word, on = form.fields[name].label, name in chosen
        chips.append(
            {"word": word, "url": _without(chosen, name) if on else _address({**chosen, name: True}), "on": on}
        )
    return chips


def _flat(choices: Any):
    for value, label in choices:
        if isinstance(label, list):
            yield from label
        else:
            yield value, label


@login_not_required
@require_safe
def vacancies(request: HttpRequest) -> HttpResponse:
    """/jobs/: search and filters in the address, newest first or by fit."""
    at = timezone.now()
    day = local_day(at)
    form = FilterForm(request.GET, today=day)
    chosen = form.chosen()
    found = _search(chosen, at)
    facts = fit.facts_of(request.user)
    by_fit = bool(facts) and chosen.get("sort") == "fit"
    cursor = request.GET.get("cursor", "")
    if by_fit:
        page = fit.page_by_fit(found.for_cards(), facts, cursor, on=day, per_page=PER_PAGE)
    else:
        page = KeysetPaginator(found.for_cards(), order=("-refreshed_at", "-pk"), per_page=PER_PAGE).page(cursor)
    context = {
        "form": form,
        "words": chosen.get("q", ""),
        "chips": _chips(form, chosen),
        "narrowed": bool(chosen.keys() - {"sort"}),
        "count": estimate(found),
        "page": page,
        "jobs": [cards.card(row, why=cards.why_text(fit.why(row, facts, day))) for row in page],
        "by_fit": by_fit,
        "may_fit": bool(facts),
        "fit_url": _address({**chosen, "sort": "fit"}),
        "fresh_url": _without(chosen, "sort"),
        "keep_url": _address(chosen),
    }
    return render(request, "jobs/list.html", context)


def similar_to(vacancy: Vacancy, at: datetime) -> list[dict[str, Any]]:
    """Open jobs of the same trade, the same district first."""
    rows = Vacancy.objects.published(at).for_cards().exclude(pk=vacancy.pk).filter(trade=vacancy.trade)
    here = list(rows.filter(district=vacancy.district).order_by("-refreshed_at", "-pk")[:SIMILAR])
    if len(here) < SIMILAR:
        here += rows.exclude(district=vacancy.district).order_by("-refreshed_at", "-pk")[: SIMILAR - len(here)]
    return [cards.card(row) for row in here]


@login_not_required
@require_safe
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """/jobs/<id>/: the six statutory fields and one button. A job that is over is 410 with similar ones."""
    at = timezone.now()
    row = get_object_or_404(Vacancy.objects.visible_to(request.user).select_related("employer", "registered_by"), pk=pk)
    mine = _mine.of(request.user, row)
    is_open = Vacancy.objects.published(at).filter(pk=pk).exists()
    manages = policies.may_manage(request.user, row)
    similar = similar_to(row, at)
    if not (is_open or mine.application or manages):
        return render(request, "jobs/gone.html", {"vacancy": row, "jobs": similar}, status=410)
    shows_phone = policies.may_see_employer_phone(request.user, row, applied=mine.application is not None)
    context = {
        "vacancy": row,
        "is_open": is_open,
        "pay": cards.pay(row),
        "pay_unit": f"/{cards.pay_unit(row)}",
        "tags": cards.standing_tags(row),
        "rows": cards.statutory_rows(row),
        "why": fit.why(row, fit.facts_of(request.user), local_day(at)),
        "mine": mine,
        "employer_phone": row.employer.phone if shows_phone else "",
        "similar": similar,
        "manages": manages,
        "login_note": _("登录后回到这里，再点一下就报好名。"),
    }
    return render(request, "jobs/detail.html", context)
