"""My data: read it, take it along, have it erased, close the account. What opens or ends something asks for a code."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import codes, phones, sms
from accounts.forms.phone import CodeForm
from accounts.pending import Pending, keep, of, session_key
from accounts.policies import is_worker
from accounts.views import sending
from core.errors import Refusal
from core.templatetags.ui import cn_date, cn_datetime

from ..models import ErasureRequest, Worker
from ..presentation import plain_date
from ..rights import closing, copying, erasing, registry
from ._access import with_own_row

# A code opens one matter only; a download's code must not end an account.
MATTERS = {"data": "workers:data", "erase": "workers:erase", "close": "workers:close"}
SHOWN = 30
# What a table is called in the copy says nothing to the person it is about.
_PLAINLY = {
    "农民工": gettext_lazy("实名登记的信息"),
    "陈述": gettext_lazy("谁说过什么"),
    "数据来源": gettext_lazy("每一项的来源"),
    "电话可见": gettext_lazy("谁能看到我的电话"),
    "审计记录": gettext_lazy("谁看过、办过什么"),
    "通知": gettext_lazy("消息"),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.+]+")
_MACHINE_WORD = re.compile(r"(?=.*[a-z])[\x20-\x7e]+")


def _purpose(matter: str) -> str:
    return f"workers.rights.{matter}"


def _has_proved(request: HttpRequest, matter: str) -> bool:
    """Within the last ten minutes, in this browser, by a code to the account's number."""
    user = request.user
    return user.phone is not None and codes.confirmed(
        user.phone.open(), _purpose(matter), session_key=session_key(request), at=timezone.now()
    )


def _for_workers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Rights belong to everybody with a worker's account, also before the first registration."""

    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_worker(request.user):
            raise PermissionDenied(_("这一页是农民工本人的信息。"))
        return view(request, *args, **kwargs)

    return opened


@require_safe
@_for_workers
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    """/me/data/: every table that holds me, in words."""
    opened = _has_proved(request, "data")
    tables = [
        {
            "label": _PLAINLY.get(table.label, table.label),
            "number": table.number,
            "rows": [_in_words(row) for row in table.rows],
            "more": table.number - SHOWN,
        }
        for table in copying.glance(copying.person_of(request.user), opened=opened, most=SHOWN)
    ]
    context = {"tables": tables, "opened": opened, "left_out": sorted(set(registry.left_out().values()))}
    return render(request, "workers/data.html", context)


def _in_words(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Columns that have a name in the reader's language, and something in them."""
    cells = [(cell["label"], _words(cell["value"])) for cell in row.values() if not cell["label"].isascii()]
    return [(label, words) for label, words in cells if words]


def _words(value: Any) -> str:
    """What stands on the page; words that only programs use are in the copy alone."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return _words(value.get("label", ""))
    if isinstance(value, list):
        return "、".join(filter(None, map(_words, value)))
    text = str(value)
    if _MOMENT.fullmatch(text):
        return cn_datetime(datetime.fromisoformat(text))
    if _DAY.fullmatch(text):
        return plain_date(date.fromisoformat(text))
    return "" if _MACHINE_WORD.fullmatch(text) else text


@require_safe
@_for_workers
@never_cache
def copy(request: HttpRequest) -> HttpResponse:
    """/me/data/copy.json: the same for programs (PIPL art. 45)."""
    at = timezone.now()
    made = copying.copy_for(request.user, by=request.user, at=at, opened=_has_proved(request, "data"))
    answer = HttpResponse(
        json.dumps(made, ensure_ascii=False, indent=1, default=str), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@_for_workers
@never_cache
def prove(request: HttpRequest, matter: str) -> HttpResponse:
    """/me/data/prove/<matter>/: a code to the account's number, sent by a button, then typed."""
    if matter not in MATTERS:
        raise Http404
    if request.user.phone is None:
        raise PermissionDenied(_("账户没有手机号。"))
    number, form = request.user.phone.open(), CodeForm()
    if request.method == "POST" and request.POST.get("action") == "send":
        if question := _send(request, number, matter):
            return question
    elif request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid() and _check(request, number, matter, form):
            return redirect(MATTERS[matter])
    waiting = of(request, _purpose(matter))
    context = {
        "form": form,
        "phone": phones.spaced(number),
        "sent": waiting is not None,
        "demo_text": sms.text_about(codes.EVENT, waiting.code) if waiting and settings.DEMO else "",
    }
    return render(request, "workers/prove.html", context)


def _send(request: HttpRequest, number: str, matter: str) -> HttpResponse | None:
    try:
        sent = sending.send(request, number, _purpose(matter))
    except codes.QuestionFirst as refusal:
        return sending.ask_first(request, refusal, after=request.path)
    except Refusal as refusal:
        messages.info(request, refusal.message)
    else:
        keep(request, _purpose(matter), Pending(number, code=str(sent.uuid)))
    return None


def _check(request: HttpRequest, number: str, matter: str, form: CodeForm) -> bool:
    typed, key = form.cleaned_data["code"], session_key(request)
    try:
        codes.check(number, typed, _purpose(matter), session_key=key, at=timezone.now())
    except Refusal as refusal:
        form.add_error("code", refusal.message)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_row
def erase(request: HttpRequest, worker: Worker) -> HttpResponse:
    """/me/data/erase/: what would be deleted, what forbids it, and where a request stands."""
    at = timezone.now()
    requests = ErasureRequest.objects.filter(worker=worker)
    current = requests.open().first()
    if request.method == "POST":
        return _act_on_erasure(request, worker, current)
    last = requests.order_by("-filed_at").first()
    context = {
        "against": registry.holds(worker, at),
        "current": current,
        "due": cn_date(current.due_on) if current else "",
        "answer": last.answer.open() if last and last.answer else "",
        "proved": _has_proved(request, "erase"),
    }
    return render(request, "workers/erase.html", context)


def _act_on_erasure(request: HttpRequest, worker: Worker, current: ErasureRequest | None) -> HttpResponse:
    at = timezone.now()
    try:
        if request.POST.get("action") == "withdraw" and current is not None:
            erasing.withdraw(current, by=request.user, at=at)
            messages.success(request, _("删除申请已撤回，你的信息都还在。"))
        elif not _has_proved(request, "erase"):
            return redirect("workers:prove", "erase")
        else:
            erasing.file(worker, by=request.user, at=at)
            messages.success(request, _("删除申请已提交。删除之前你随时可以撤回。"))
    except Refusal as no:
        messages.error(request, no.message)
    return redirect("workers:erase")


@require_http_methods(["GET", "HEAD", "POST"])
@_for_workers
def close(request: HttpRequest) -> HttpResponse:
    """/me/data/close/: close the account, now."""
    if request.method == "POST":
        if not _has_proved(request, "close"):
            return redirect("workers:prove", "close")
        closing.close_account(request.user, by=request.user, at=timezone.now())
        logout(request)
        messages.success(request, _("账户已注销。"))
        return redirect("/")
    return render(request, "workers/close.html", {"proved": _has_proved(request, "close")})
