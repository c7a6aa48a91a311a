"""Assigning many cases: a page that says what will be skipped, then each on its own, then the count."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refusal

from .. import policies, services, summary
from ..forms.decisions import BulkAssign
from ..models import Case


def assign(admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """First the confirmation page; with `confirmed` the act itself."""
    cases = list(queryset.select_related("assignee").order_by("due_on", "pk"))
    confirmed = "confirmed" in request.POST
    form = BulkAssign(request.POST if confirmed else None, divisions=[case.seat for case in cases])
    if not confirmed or not form.is_valid():
        rows = [(case, _place(case, request.user), _why_not(case, request.user)) for case in cases]
        return admin.render(request, "assign", _("分派 {n} 起案件").format(n=len(cases)), rows=rows, form=form)
    done, refused = _act(cases, to=form.cleaned_data["to"], by=request.user)
    for sentence in refused:
        admin.say(request, sentence, messages.WARNING)
    admin.say(request, _("成功 {done}，跳过 {skipped}").format(done=done, skipped=len(refused)))
    return None


def _place(case: Case, user: Any) -> str:
    """Where it happened; who stepped aside learns the registered place only."""
    return case.place if policies.may_read(user, case) else summary.registered_place(case)


def _why_not(case: Case, user: Any) -> str:
    """What will keep this one from being assigned; empty when nothing will."""
    if case.closed_at is not None:
        return _("已结束")
    return "" if policies.may_decide(user, case) else _("你不能办理")


def _act(cases: list[Case], *, to: Any, by: Any) -> tuple[int, list[str]]:
    done, refused = 0, []
    for case in cases:
        try:
            services.assign(case, to=to, by=by, at=timezone.now())
        except (Refusal, NotAllowed) as no:
            refused.append(f"{case.number}：{no}")
        else:
            done += 1
    return done, refused
