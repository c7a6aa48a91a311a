"""What a broker wrote for the worker: 都对 or 有不对的; and a mandate on paper that the worker never signed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import Refusal
from core.templatetags.ui import cn_datetime

from ..enums import Source
from ..freshness import confirming
from ..freshness.evidence import BY_NUMBER, WISH, asked_wish, texts_of
from ..indicators import INDICATORS
from ..models import BrokerUpdate, MandateClaim, UpdateState, Worker
from ..presentation import in_words, intent_in_words, text_in_words
from ..services import claims, intents
from ..sources import held_source, source_words
from ._access import with_own_row


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_row
def broker_update(request: HttpRequest, worker: Worker, pk: int) -> HttpResponse:
    """/me/updates/<id>/: each value with what is shown now; one tap for all, or for none of them."""
    at = timezone.now()
    update = get_object_or_404(BrokerUpdate.objects.visible_to(request.user).select_related("broker"), pk=pk)
    if request.method == "POST":
        _answer(request, update, at)
        return redirect("workers:broker_update", pk)
    pages = {BY_NUMBER[number].page for number in update.numbers}
    context = {
        "update": update,
        "card": card(worker, update),
        "until": cn_datetime(update.expires_at),
        "is_open": confirming.is_open(update, at),
        "is_denied": update.state == UpdateState.DENIED,
        "pages": sorted(pages, key=lambda page: list(type(page)).index(page)),
        "left": _brokers_words(worker),
    }
    return render(request, "workers/broker_update.html", context)


def _brokers_words(worker: Worker) -> str:
    """What else stands as a broker wrote it, and the worker never said yes or no to: 工种、务工地."""
    return "、".join(str(row.label) for row in INDICATORS if held_source(worker, row) == Source.BROKER)


def _answer(request: HttpRequest, update: BrokerUpdate, at: datetime) -> None:
    answers: dict[str, Any] = {
        "right": (confirming.by_hand, _("谢谢，已按你确认的登记。")),
        "wrong": (confirming.deny, _("他填的这几项已经去掉，恢复原样。")),
    }
    verb, done = answers.get(request.POST.get("answer", ""), (None, ""))
    if verb is None:
        return
    try:
        verb(update, by=request.user, at=at)
    except Refusal as no:
        messages.error(request, no.message)
    else:
        messages.success(request, done)


def card(worker: Worker, update: BrokerUpdate) -> dict[str, Any]:
    """What the worker is asked about, value by value; also for the card on 我的."""
    said = texts_of(worker, update.acts[-1])
    lines = []
    for number in update.numbers:
        if number != WISH.number and number not in said:  # a later no took it back
            continue
        indicator = BY_NUMBER[number]
        now = in_words(worker, indicator)
        if number != WISH.number:
            theirs = text_in_words(indicator, said.get(number))
        else:
            asked = asked_wish(update)
            theirs = intent_in_words(intents.would_be(worker, asked)) if asked else now
        lines.append(
            {
                "label": indicator.label,
                "value": theirs or _("没有内容"),
                "now": now if now != theirs else "",
                "source": source_words(worker, indicator) if now != theirs else "",
            }
        )
    return {"pk": update.pk, "broker": update.broker.display_name, "made": cn_datetime(update.made_at), "lines": lines}


def cards(worker: Worker, at: datetime) -> list[dict[str, Any]]:
    """All that waits for this worker's answer."""
    return [card(worker, update) for update in confirming.open_for(worker, at)]


@require_POST
@with_own_row
def object_to_paper(request: HttpRequest, worker: Worker, reference: str) -> HttpResponse:
    """我没有签过."""
    claim = get_object_or_404(
        MandateClaim.objects.visible_to(request.user).select_related("worker"), reference=reference
    )
    try:
        claims.object_to(claim, by=request.user, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.message)
    else:
        messages.success(request, _("已停止核对，他不能替你办事。"))
    return redirect("workers:mandates")
