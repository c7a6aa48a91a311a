"""Decisions of one application: a page that asks, one call of a service, and refusals as sentences."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Refusal
from core.transitions import AlreadyMoved

from .. import decisions, policies, services
from ..forms.decisions import ConclusionForm, RevealForm
from ..models import HousingApplication

_OUTCOMES = {
    "dismiss": (services.dismiss_objection, gettext_lazy("异议不成立")),
    "uphold": (services.uphold_objection, gettext_lazy("异议属实，重新审核")),
}


def decide(admin: Any, request: HttpRequest, application: HousingApplication, verb: str) -> HttpResponse:
    """GET asks, POST acts. Who comes second is told who decided, on the application's page."""
    decision = decisions.find(verb)
    if decision is None:
        raise Http404
    if not policies.may_review(request.user, application):
        raise PermissionDenied
    form = decision.form(request.POST if request.method == "POST" else None, application=application)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            decision.act(application, by=request.user, at=timezone.now(), **form.arguments())

        done = _("{number}：已办理“{what}”。").format(number=application.number, what=decision.label)
        answer = _carry_out(admin, request, application, form, act, done)
        if answer is not None:
            return answer
    return admin.render(
        request,
        "decide",
        decision.label,
        application=application,
        form=form,
        warns=decision.warns,
        button=decision.label,
    )


def objection(admin: Any, request: HttpRequest, application: HousingApplication, pk: int, outcome: str) -> HttpResponse:
    """Whether an objection holds; if it does, both reviews start over."""
    row = application.objections.filter(pk=pk).first()
    if row is None or outcome not in _OUTCOMES:
        raise Http404
    if not policies.may_review(request.user, application):
        raise PermissionDenied
    service, label = _OUTCOMES[outcome]
    form = ConclusionForm(request.POST if request.method == "POST" else None, application=application)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            service(row, by=request.user, at=timezone.now(), **form.arguments())

        answer = _carry_out(admin, request, application, form, act, _("已办理：{what}。").format(what=label))
        if answer is not None:
            return answer
    return admin.render(
        request, "decide", label, application=application, form=form, warns="", button=label, quoted=row.text
    )


def _carry_out(
    admin: Any,
    request: HttpRequest,
    application: HousingApplication,
    form: Any,
    act: Callable[[], None],
    done: str,
) -> HttpResponse | None:
    """Act and go back to the application; None when the form has to be shown again."""
    try:
        act()
    except AlreadyMoved as moved:
        admin.message_user(request, moved.message, messages.WARNING)
        return admin.back_to(application)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
    admin.message_user(request, done)
    return admin.back_to(application)


def reveal(admin: Any, request: HttpRequest, application: HousingApplication, pk: int) -> HttpResponse:
    """Name and number of one member, once, on this page, after the reason is on record."""
    member = application.members.filter(pk=pk).first()
    if member is None:
        raise Http404
    if not policies.may_reveal(request.user, application):
        raise PermissionDenied
    form, shown = RevealForm(request.POST if request.method == "POST" else None, application=application), ()
    if request.method == "POST" and form.is_valid():
        shown = services.reveal(member, by=request.user, at=timezone.now(), **form.arguments())
    title = _("查看{relation}的姓名和身份证号").format(relation=member.get_relation_display())
    response = admin.render(
        request, "decide", title, application=application, form=form, warns="", button=_("查看"), shown=shown
    )
    response["Cache-Control"] = "no-store"
    return response
