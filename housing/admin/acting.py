"""Decisions of one application: a page that asks, one call of a service, and refusals as sentences."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import ask

from .. import decisions, policies, services
from ..forms.decisions import ConclusionForm, RevealForm
from ..models import HousingApplication

_TEMPLATE = "admin/housing/decide.html"
_OUTCOMES = {
    "dismiss": (services.dismiss_objection, gettext_lazy("异议不成立")),
    "uphold": (services.uphold_objection, gettext_lazy("异议属实，重新审核")),
}


def decide(admin: Any, request: HttpRequest, application: HousingApplication, verb: str) -> HttpResponse:
    """Who comes second is told who decided, on the application's page."""
    decision = decisions.find(verb)
    if decision is None:
        raise Http404
    if not policies.may_review(request.user, application):
        raise PermissionDenied
    return _ask(
        admin,
        request,
        application,
        title=decision.label,
        form=_bound(decision.form, request, application),
        act=lambda said: decision.act(application, by=request.user, at=timezone.now(), **said),
        done=_("{number}：已办理“{what}”。").format(number=application.number, what=decision.label),
        warns=decision.warns,
    )


def objection(admin: Any, request: HttpRequest, application: HousingApplication, pk: int, outcome: str) -> HttpResponse:
    """Whether an objection holds; if it does, both reviews start over."""
    row = application.objections.filter(pk=pk).first()
    if row is None or outcome not in _OUTCOMES:
        raise Http404
    if not policies.may_review(request.user, application):
        raise PermissionDenied
    service, label = _OUTCOMES[outcome]
    return _ask(
        admin,
        request,
        application,
        title=label,
        form=_bound(ConclusionForm, request, application),
        act=lambda said: service(row, by=request.user, at=timezone.now(), **said),
        done=_("已办理：{what}。").format(what=label),
        warns="",
        quoted=row.text,
    )


def _bound(form: type[Form], request: HttpRequest, application: HousingApplication) -> Form:
    return form(request.POST if request.method == "POST" else None, application=application)


def _ask(admin: Any, request: HttpRequest, application: HousingApplication, *, title: Any, **more: Any) -> HttpResponse:
    back = reverse("admin:housing_housingapplication_change", args=[application.pk])
    frame = {"template": _TEMPLATE, "back": back, "application": application, "button": title}
    return ask(admin, request, title=title, **frame, **more)


def reveal(admin: Any, request: HttpRequest, application: HousingApplication, pk: int) -> HttpResponse:
    """Name and number of one member, once, on this page, after the reason is on record."""
    member = application.members.filter(pk=pk).first()
    if member is None:
        raise Http404
    if not policies.may_reveal(request.user, application):
        raise PermissionDenied
    form, shown = RevealForm(request.POST if request.method == "POST" else None, application=application), ()
    if request.method == "POST" and form.is_valid():
        shown = services.reveal(member, by=request.user, at=timezone.now(), **form.cleaned_data)
    title = _("查看{relation}的姓名和身份证号").format(relation=member.get_relation_display())
    response = admin.render(
        request, "decide", title, application=application, form=form, warns="", button=_("查看"), shown=shown
    )
    response["Cache-Control"] = "no-store"
    return response
