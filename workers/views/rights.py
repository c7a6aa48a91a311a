"""What the worker agreed to, who may act for them, and who looked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.calendar import local_day
from core.errors import Refusal
from core.templatetags.ui import cn_date, cn_datetime

from .. import services
from ..enums import VERSIONS, MandateScope, Purpose
from ..models import Consent, ContactGrant, Mandate, MandateClaim, Worker
from ..presentation import plain_date
from ..rights import looking
from ._access import with_own_row
from .broker_paper import claim_words

_WHAT_IT_MEANS = {
    Purpose.RECOMMEND: lazy(
        "劳务经纪人能在找人时看到你的工种、经验和想要的工资，把你推荐给用人单位。下面“帮我匹配岗位”也同意了才会开始。"
    ),
    Purpose.CONTACT: lazy("你接受一份推荐之后，那位经纪人或那家单位能看到你的电话。撤回后，之前给出的也一起收回。"),
    Purpose.DEPARTMENT_MATCH: lazy(
        "系统用部门登记的技能等级、住址、年龄等，自动排出适合你的岗位，也让经纪人的名单里有你。撤回后马上停止。"
        "部门之间依法核对登记是法定职责，不靠这一项同意，撤回后照常。"
    ),
    Purpose.SENSITIVE: lazy(
        "你自己填的留守家人、子女等敏感信息，工作人员能看到，用来判断你能享受的政策。撤回后，别人看不到你填的这些内容。"
        "部门依法登记的帮扶、医保等不靠这一项同意；劳务经纪人和用人单位任何时候都看不到。"
    ),
}


@require_safe
@with_own_row
def consents(request: HttpRequest, worker: Worker) -> HttpResponse:
    """/me/consents/"""
    held = {row.purpose: row for row in Consent.objects.filter(worker=worker, withdrawn_at__isnull=True)}
    live = {purpose: row for purpose, row in held.items() if row.version == VERSIONS[purpose]}
    grants = ContactGrant.objects.filter(worker=worker, withdrawn_at__isnull=True).select_related("broker", "employer")
    context = {
        "purposes": [
            {
                "purpose": purpose,
                "means": _WHAT_IT_MEANS[purpose],
                "given": cn_date(live[purpose].given_at) if purpose in live else "",
                "is_outdated": purpose in held and purpose not in live,
            }
            for purpose in Purpose
        ],
        "grants": [
            {"pk": row.pk, "who": str(row.broker or row.employer), "since": cn_date(row.granted_at)}
            for row in grants.order_by("-granted_at", "-pk")
        ],
        "mandates": [_mandate(row) for row in _live_mandates(request.user)],
    }
    return render(request, "workers/consents.html", context)


@require_POST
@with_own_row
def set_consent(request: HttpRequest, worker: Worker, purpose: str) -> HttpResponse:
    """Give or withdraw one consent."""
    at = timezone.now()
    if purpose not in Purpose.values:
        raise Http404
    give = request.POST.get("give") == "1"
    verb = services.give_consent if give else services.withdraw_consent
    verb(worker, Purpose(purpose), by=request.user, at=at)
    messages.success(request, _("已同意。") if give else _("已撤回。不影响你使用其他服务。"))
    return redirect("workers:consents")


@require_POST
@with_own_row
def end_contact(request: HttpRequest, worker: Worker, pk: int) -> HttpResponse:
    """Take the phone number back from one broker or employer."""
    at = timezone.now()
    grant = get_object_or_404(ContactGrant, pk=pk, worker=worker)
    services.withdraw_contact(grant, by=request.user, at=at)
    messages.success(request, _("对方看不到你的电话了。"))
    return redirect("workers:consents")


def _live_mandates(user: Any) -> list[Mandate]:
    return list(Mandate.objects.visible_to(user).live().select_related("broker").order_by("expires_at", "pk"))


def _mandate(row: Mandate) -> dict:
    names = dict(MandateScope.choices)
    return {
        "pk": row.pk,
        "broker": row.broker.display_name,
        "scope": "、".join(str(names[code]) for code in row.scope),
        "evidence": row.get_evidence_display(),
        "since": plain_date(local_day(row.granted_at)),
        "until": plain_date(local_day(row.expires_at)),
        "ended": cn_date(row.ended_at) if row.ended_at else "",
    }


@require_safe
@with_own_row
def mandates(request: HttpRequest, worker: Worker) -> HttpResponse:
    """/me/mandates/: who may act for me, and who could before."""
    live = _live_mandates(request.user)
    past = Mandate.objects.visible_to(request.user).exclude(pk__in=[row.pk for row in live]).select_related("broker")
    context = {
        "live": [_mandate(row) for row in live],
        "past": [_mandate(row) for row in past.order_by("-granted_at", "-pk")[:20]],
        "claims": [
            claim_words(row, name=row.broker.display_name, scopes=dict(MandateScope.choices))
            for row in _claims(request.user)
        ],
    }
    return render(request, "workers/mandates.html", context)


def _claims(user: Any) -> list[MandateClaim]:
    """Papers that somebody says this worker signed, until they were judged."""
    rows = MandateClaim.objects.visible_to(user).waiting().select_related("broker")
    return list(rows.order_by("due_on", "pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_row
def end_mandate(request: HttpRequest, worker: Worker, pk: int) -> HttpResponse:
    """Ask once, then end it."""
    at = timezone.now()
    mandate = get_object_or_404(Mandate.objects.visible_to(request.user).select_related("worker", "broker"), pk=pk)
    if request.method == "POST":
        try:
            services.end_mandate(mandate, by=request.user, at=at)
        except Refusal as no:
            messages.error(request, no.message)
        else:
            messages.success(request, _("委托已结束，{name}不能再替你办事。").format(name=mandate.broker.display_name))
        return redirect("workers:mandates")
    return render(request, "workers/end_mandate.html", {"mandate": _mandate(mandate)})


@require_safe
@with_own_row
def sightings(request: HttpRequest, worker: Worker) -> HttpResponse:
    """/me/seen/: who looked at my information, what at and why, wherever in the portal; the newest first."""
    page = looking.page_of(request.user, cursor=request.GET.get("cursor", ""))
    items = [
        {"title": one.who, "state": "done", "when": cn_datetime(one.at), "note": " · ".join(filter(None, one.words))}
        for one in page.items
    ]
    return render(request, "workers/sightings.html", {"items": items, "page": page})
