"""What a worker does about jobs: apply, answer an offer, take an application back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policies import is_worker
from core import submissions
from core.errors import Refusal
from core.pagination import KeysetPaginator
from core.templatetags.ui import cn_date
from workers.services import for_user

from .. import cards, services
from ..enums import LIVE_APPLICATION, WAITING_APPLICATION, ApplicationState, VacancyState
from ..models import Application, Recommendation, Vacancy

_NEXT = {
    ApplicationState.APPLIED: gettext_lazy("登记岗位的经纪人会联系你，请留意电话。"),
    ApplicationState.VIEWED: gettext_lazy("经纪人已看到你的电话，正在和单位联系。"),
    ApplicationState.HIRED: gettext_lazy("已录用。上工前请签书面劳动合同，工资按约定的日子发。"),
    ApplicationState.REJECTED: gettext_lazy("这次没有录用，同类岗位还在招。"),
    ApplicationState.WITHDRAWN: gettext_lazy("你已撤回，经纪人不能再看到你的电话。"),
}
# Of an application that still waits.
_FULL = gettext_lazy("这个岗位已招满。报名还留着，空出名额会再联系你；你也可以撤回，看看同类岗位。")


def _only_workers(request: HttpRequest) -> None:
    if not is_worker(request.user):
        raise PermissionDenied(_("只有农民工账户可以报名；经纪人请在“我的委托”里代报。"))


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap when signed in; a visitor comes here through the sign-in and confirms once."""
    _only_workers(request)
    at = timezone.now()
    vacancy = get_object_or_404(Vacancy.objects.visible_to(request.user).for_cards(), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            return _apply(request, vacancy, at)
        except Refusal as error:
            refusal = error.message
    context = {"vacancy": vacancy, "job": cards.card(vacancy), "refusal": refusal, "has_errors": bool(refusal)}
    return render(request, "jobs/apply.html", context, status=409 if refusal else 200)


def _apply(request: HttpRequest, vacancy: Vacancy, at: Any) -> HttpResponse:
    def effect() -> str:
        worker = for_user(request.user, at=at)
        services.apply(vacancy, worker, by=request.user, at=at)
        return reverse("jobs:mine")

    outcome = submissions.once(request, "jobs.apply", effect, at=at)
    messages.success(
        request, _("已经报过名，不用再报。") if outcome.replay else _("报名成功。登记岗位的经纪人会联系你。")
    )
    return redirect(outcome.result)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """/me/applications/: offers waiting for my answer, then what I applied for."""
    _only_workers(request)
    offers = Recommendation.objects.visible_to(request.user).open().select_related("vacancy__employer", "broker")
    rows = Application.objects.visible_to(request.user).select_related("vacancy__employer", "applied_by")
    page = KeysetPaginator(rows, order=("-applied_at", "-pk"), per_page=10).page(request.GET.get("cursor", ""))
    context = {
        "offers": [{"row": row, "card": cards.card(row.vacancy)} for row in offers.order_by("answer_by", "pk")[:20]],
        "applications": [_line(row, request.user) for row in page],
        "page": page,
    }
    return render(request, "jobs/mine.html", context)


def _line(row: Application, user: Any) -> dict[str, Any]:
    who = _("本人报名") if row.applied_by_id == user.pk else _("{name}代报").format(name=row.applied_by.display_name)
    is_waiting = row.state in WAITING_APPLICATION
    return {
        "row": row,
        "card": cards.card(row.vacancy),
        "when": f"{cn_date(row.applied_at)} · {who}",
        "next": str(_FULL if is_waiting and row.vacancy.state == VacancyState.FILLED else _NEXT[row.state]),
        "phone": row.vacancy.employer.phone if row.state in LIVE_APPLICATION else "",
        "may_withdraw": is_waiting,
    }


def _act(request: HttpRequest, purpose: str, act: Any, done: str) -> HttpResponse:
    """Run one act of the worker once, say what happened, and go back to the list."""
    at = timezone.now()

    def effect() -> str:
        act(at)
        return reverse("jobs:mine")

    try:
        submissions.once(request, purpose, effect, at=at)
    except Refusal as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("jobs:mine")


def _offer(request: HttpRequest, pk: int) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).select_related("vacancy", "worker", "broker")
    return get_object_or_404(rows, pk=pk)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    done = _("已接受。{broker}会打电话给你。").format(broker=offer.broker.display_name)
    return _act(request, "jobs.accept", lambda at: services.accept(offer, by=request.user, at=at), done)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    done = _("已谢绝，这个岗位不会再推荐给你。")
    return _act(request, "jobs.decline", lambda at: services.decline(offer, by=request.user, at=at), done)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    _only_workers(request)
    rows = Application.objects.visible_to(request.user).select_related("worker")
    row = get_object_or_404(rows, pk=pk)
    return _act(request, "jobs.withdraw", lambda at: services.withdraw(row, by=request.user, at=at), _("已撤回报名。"))
