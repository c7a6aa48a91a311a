"""我的信息: the task list, one page per group, and the first question about name and ID number."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.calendar import local_day
from core.errors import Refusal

from .. import services
from ..completeness import PageState, applies, completeness
from ..disputes.history import latest_of
from ..enums import Source
from ..forms import IdentityForm, PageForm
from ..forms.page import is_mine
from ..freshness import own
from ..indicators import BY_CODE, Indicator, Page, on_page
from ..models import Dispute, Worker
from ..presentation import in_words, plain_date
from ..sources import source_words
from ..summary import of_groups
from ._access import is_registered, require_worker, with_own_row


@require_safe
@with_own_row
def profile(request: HttpRequest, worker: Worker) -> HttpResponse:
    """/me/profile/"""
    if worker.id_number is None:
        return redirect("workers:identify")
    groups = completeness(worker)
    context = {
        "summary": of_groups(groups),
        "tasks": [_task(worker, group) for group in groups],
        "verified": _verified_words(worker),
        "broker": worker.broker,
        "may_confirm": own.is_due(worker, local_day(timezone.now())),
    }
    return render(request, "workers/profile.html", context)


def _task(worker: Worker, state: PageState) -> dict:
    full = state.known == state.total
    word = _("已齐") if full else _("不用补")
    return {
        "title": state.page.label,
        "url": reverse("workers:page", args=[state.page.value]),
        "note": " · ".join(filter(None, (_in_short(worker, code) for code in _IN_SHORT[state.page]))) or _("还没有填"),
        "word": word if state.is_complete else _("补 {n} 项").format(n=len(state.missing)),
        "tone": "ok" if state.is_complete else "warn",
        "done": state.known,
        "total": state.total,
    }


# What stands for a group on the task list; a value that says nothing alone comes with its label.
_IN_SHORT = {
    Page.WHO: ["full_name", "sex", "hukou_division"],
    Page.FAMILY: ["marital_status", "household_size", "minor_children"],
    Page.SKILLS: ["education", "trade", "certificate"],
    Page.WORK: ["employment_status", "work_division", "industry"],
    Page.PAY: ["monthly_income", "pension_type"],
    Page.HOME: ["residence_division", "housing_tenure", "living_area"],
    Page.WISHES: ["job_intent"],
}
_WITH_LABEL = {"household_size", "minor_children", "monthly_income", "living_area"}


def _in_short(worker: Worker, code: str) -> str:
    words = in_words(worker, BY_CODE[code])
    return f"{BY_CODE[code].label} {words}" if words and code in _WITH_LABEL else words


def _verified_words(worker: Worker) -> str:
    provenance = getattr(worker, "provenance", None)
    if provenance is None or provenance.verified_at is None:
        return ""
    return _("最近核实：{day}").format(day=plain_date(local_day(provenance.verified_at)))


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_row
def page(request: HttpRequest, worker: Worker, slug: str) -> HttpResponse:
    """/me/profile/<group>/: what is the worker's to state as a form, the rest with its source."""
    at = timezone.now()
    if slug not in Page.values:
        raise Http404
    group = Page(slug)
    mine = [row for row in on_page(group) if is_mine(row, worker)]
    typed = request.POST if request.method == "POST" else None
    form = PageForm(typed, worker=worker, indicators=mine, day=local_day(at))
    if request.method == "POST" and form.is_valid():
        try:
            services.record(worker, form.stated(), source=Source.WORKER, by=request.user, at=at)
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            messages.success(request, _("“{page}”已保存。").format(page=group.label))
            return redirect("workers:profile")
    hints = {row.code: words for row in form.indicators if (words := source_words(worker, row))}
    disputes = latest_of(worker, on_page(group))
    context = {
        "form": form,
        "fields": [
            {"bound": bound, "suffix": form.suffix_of(bound.name), "hint": hints.get(bound.name, bound.help_text)}
            for bound in form
        ],
        "page": group,
        "rows": [_row(worker, row, disputes.get(row.number)) for row in _shown(worker, group)],
    }
    return render(request, "workers/page.html", context)


def _shown(worker: Worker, group: Page) -> list[Indicator]:
    """What stands on the page without being asked: others' values, and what does not apply only when known."""
    return [
        row for row in on_page(group) if not is_mine(row, worker) and (applies(worker, row) or in_words(worker, row))
    ]


def _row(worker: Worker, indicator: Indicator, dispute: Dispute | None) -> dict:
    return {
        "dispute": dispute,
        "label": indicator.label,
        "value": in_words(worker, indicator),
        "source": source_words(worker, indicator),
        "url": reverse("workers:correct", args=[indicator.code]),
    }


@require_POST
@with_own_row
def confirm(request: HttpRequest, worker: Worker) -> HttpResponse:
    """都没变，一键确认."""
    at = timezone.now()
    number = services.confirm_unchanged(worker, None, by=request.user, at=at)
    messages.success(request, _("已确认 {n} 项信息没有变化。").format(n=number))
    return redirect("workers:profile")


@require_http_methods(["GET", "HEAD", "POST"])
def identify(request: HttpRequest) -> HttpResponse:
    """/me/identify/: name and ID number, once."""
    require_worker(request.user)
    form = IdentityForm(
        request.POST if request.method == "POST" else None, initial={"full_name": request.user.display_name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.identify(request.user, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            messages.success(request, _("登记好了。下面的信息填得越全，找到的活越对口。"))
            return redirect("workers:profile")
    if is_registered(request.user):
        return redirect("workers:profile")
    return render(request, "workers/identify.html", {"form": form})
