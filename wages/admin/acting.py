"""Decisions of one case: `core.admin.ask` asks and says refusals, one call of a service acts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import phones
from core.admin import ask
from core.calendar import local_day
from core.errors import Refusal

from .. import decisions, policies, services
from ..forms.decisions import Order, ProposeDecision, Reject, Reveal
from ..models import Case

TEMPLATE = "admin/wages/decide.html"


def page_of(case: Case) -> str:
    """The case's own page, where a decision leads back to."""
    return reverse("admin:wages_case_change", args=[case.pk])


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def decide(admin: Any, request: HttpRequest, case: Case, slug: str) -> HttpResponse:
    """One decision; who comes second is told who decided, on the case page."""
    decision = decisions.find(slug)
    if decision is None:
        raise Http404
    if not decisions.may_take(decision, case, request.user):
        raise PermissionDenied
    amounts = {"amount_fen": case.owed_now_fen or case.amount_fen}
    form = decision.form(
        posted(request),
        case=case,
        user=request.user,
        today=local_day(timezone.now()),
        initial=amounts if issubclass(decision.form, Order | ProposeDecision) else None,
    )
    return ask(
        admin,
        request,
        title=decision.label,
        form=form,
        act=lambda _cleaned: decision.act(case, by=request.user, at=timezone.now(), **form.arguments()),
        done=_("{number}：已{what}。").format(number=case.number, what=decision.label),
        back=reverse("admin:wages_case_changelist") if decision.leaves else page_of(case),
        template=TEMPLATE,
        case=case,
    )


def sign(admin: Any, request: HttpRequest, case: Case, pk: int, answer: str) -> HttpResponse:
    """Approve or reject what a colleague proposed."""
    approval = case.approvals.select_related("case", "proposed_by").filter(pk=pk).first()
    if approval is None or answer not in ("approve", "reject"):
        raise Http404
    if not policies.may_approve(request.user, approval):
        raise PermissionDenied
    service, words = {
        "approve": (services.approve, _("批准：{what}")),
        "reject": (services.reject, _("不批准：{what}")),
    }[answer]
    title = words.format(what=approval.get_kind_display())
    return ask(
        admin,
        request,
        title=title,
        form=Reject(posted(request)) if answer == "reject" else None,
        act=lambda cleaned: service(approval, by=request.user, at=timezone.now(), **cleaned),
        done=_("已办理：{what}。").format(what=title),
        back=page_of(case),
        template=TEMPLATE,
        case=case,
        approval=approval,
    )


def reveal(admin: Any, request: HttpRequest, case: Case) -> HttpResponse:
    """The full number once, on this page, after its reason is on record."""
    if not policies.may_reveal(request.user, case):
        raise PermissionDenied
    form, phone = Reveal(posted(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            phone = phones.spaced(services.reveal_phone(case, by=request.user, at=timezone.now(), **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    response = admin.render(request, "decide", _("查看完整手机号"), case=case, form=form, phone=phone)
    response["Cache-Control"] = "no-store, private"
    return response
