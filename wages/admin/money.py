"""A case's payments for officials: who was paid what and what they say, recording, and what to do about one of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import masking
from core.admin import ask
from core.calendar import local_day

from .. import policies, services
from ..enums import UNDER_WAY, Heard, PaymentState
from ..forms.money import RecordPayments, Void, Vouch
from ..models import Case, Payment

TEMPLATE = "admin/wages/payments.html"


def page_of(case: Case) -> str:
    return reverse("admin:wages_case_payments", args=[case.pk])


def payments(admin: Any, request: HttpRequest, case: Case) -> HttpResponse:
    """The people with their sums and payments; whoever is in charge records more."""
    if not policies.may_read(request.user, case):
        raise PermissionDenied
    may_record = case.state in UNDER_WAY and policies.may_decide(request.user, case)
    if request.method == "POST" and not may_record:
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RecordPayments(*posted, case=case, initial={"paid_on": local_day(timezone.now())}) if may_record else None

    def act(_cleaned: dict) -> None:
        services.record_payments(case, by=request.user, at=timezone.now(), **form.arguments())

    return ask(
        admin,
        request,
        title=_("{number} 的付款").format(number=case.number),
        form=form,
        act=act,
        done=_("已登记，会用通知和短信逐人询问收到没有。"),
        back=page_of(case),
        template=TEMPLATE,
        case=case,
        rows=rows(case, request.user),
        may_record=may_record,
    )


def rows(case: Case, user: Any) -> list[dict]:
    """One row per person, with their payments; two queries however many they are."""
    mine = policies.may_decide(user, case)
    people = case.claimants.counted().in_order().prefetch_related("payments__recorded_by")
    return [
        {
            "person": person,
            "name": masking.mask_name(person.name.open()) if person.name else _("举报人"),
            "payments": [_payment(one, user, mine) for one in sorted(person.payments.all(), key=lambda one: one.pk)],
        }
        for person in people
    ]


def _payment(payment: Payment, user: Any, mine: bool) -> dict:
    waits = payment.state == PaymentState.RECORDED
    return {
        "row": payment,
        "heard": Heard(payment.heard).label if payment.heard else "",
        "may_void": waits and mine,
        "may_vouch": waits and mine and payment.recorded_by_id != user.pk,
    }


def one(admin: Any, request: HttpRequest, case: Case, pk: int, verb: str) -> HttpResponse:
    """Take a mistaken record back, or keep the receipt that the person signed."""
    payment = Payment.objects.filter(pk=pk, claimant__case=case).select_related("claimant").first()
    if payment is None or verb not in ("void", "vouch"):
        raise Http404
    if not policies.may_decide(request.user, case):
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    title, form, service = {
        "void": (_("撤回登记有误的付款"), Void(*posted), services.void_payment),
        "vouch": (_("凭签收凭证确认"), Vouch(*posted), services.vouch),
    }[verb]
    return ask(
        admin,
        request,
        title=title,
        form=form,
        act=lambda cleaned: service(payment, by=request.user, at=timezone.now(), **cleaned),
        done=_("已办理：{what}。").format(what=title),
        back=page_of(case),
        template="admin/wages/payment.html",
        case=case,
        payment=payment,
    )
