"""Decisions of one case: a page that asks, one call of a service, and refusals as sentences."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import phones
from core.errors import Refusal
from core.transitions import AlreadyMoved

from .. import decisions, policies, services
from ..forms.decisions import Order, Paid, ProposeDecision, Reject, Reveal
from ..models import Case


def decide(admin: Any, request: HttpRequest, case: Case, slug: str) -> HttpResponse:
    """GET asks, POST acts. Who comes second is told who decided, on the case page."""
    decision = decisions.find(slug)
    if decision is None:
        raise Http404
    if not policies.may_decide(request.user, case):
        raise PermissionDenied
    initial = {"amount_fen": case.amount_fen, "paid_fen": case.amount_fen}
    wants_amount = issubclass(decision.form, Order | Paid | ProposeDecision)
    form = decision.form(request.POST or None, case=case, user=request.user, initial=initial if wants_amount else None)
    if request.method == "POST" and form.is_valid():
        try:
            decision.act(case, by=request.user, at=timezone.now(), **form.arguments())
        except AlreadyMoved as moved:
            admin.say(request, moved.message, messages.WARNING)
            return admin.back_to(case)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            admin.say(request, _("{number}：已{what}。").format(number=case.number, what=decision.label))
            return admin.back_to(case)
    return admin.render(request, "decide", decision.label, case=case, form=form, decision=decision)


def sign(admin: Any, request: HttpRequest, case: Case, pk: int, answer: str) -> HttpResponse:
    """Approve or reject what a colleague proposed."""
    approval = case.approvals.select_related("case", "proposed_by").filter(pk=pk).first()
    if approval is None or answer not in ("approve", "reject"):
        raise Http404
    if not policies.may_approve(request.user, approval):
        raise PermissionDenied
    form = Reject(request.POST or None) if answer == "reject" else None
    title = _("批准：{what}") if answer == "approve" else _("不批准：{what}")
    title = title.format(what=approval.get_kind_display())
    if request.method == "POST" and (form is None or form.is_valid()):
        act = services.approve if form is None else services.reject
        try:
            act(approval, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}))
        except Refusal as refusal:
            admin.say(request, refusal.message, messages.WARNING)
        else:
            admin.say(request, _("已办理：{what}。").format(what=title))
        return admin.back_to(case)
    return admin.render(request, "decide", title, case=case, form=form, approval=approval)


def reveal(admin: Any, request: HttpRequest, case: Case) -> HttpResponse:
    """The full number once, on this page, after its reason is on record."""
    if not policies.may_reveal(request.user, case):
        raise PermissionDenied
    form, phone = Reveal(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            phone = phones.spaced(services.reveal_phone(case, by=request.user, at=timezone.now(), **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    response = admin.render(request, "decide", _("查看完整手机号"), case=case, form=form, phone=phone)
    response["Cache-Control"] = "no-store, private"
    return response
