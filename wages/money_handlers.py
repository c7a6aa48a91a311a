"""Answers to what happens to payments: asking, telling both levels, the registry; and what a reply of a digit means."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import replies
from accounts.models import SmsQuestion
from accounts.notices import recipient_of, send
from core import outbox
from core.models import OutboxMessage
from core.templatetags.ui import fen

from . import ladder, notices, services
from .enums import Heard
from .handlers import _case, _tell_officials
from .models import Claimant, Payment, Reopening


def _payment(pk: int | str) -> Payment | None:
    return Payment.objects.select_related("claimant__case").filter(pk=pk).first()


@outbox.handler("wages.payment_recorded")
def ask_whether_it_came(message: OutboxMessage) -> None:
    if payment := _payment(message.subject_id):
        services.ask_payment(payment, at=message.drained_at)


@outbox.handler("wages.payment_vouched")
def tell_who_signed(message: OutboxMessage) -> None:
    payment = _payment(message.subject_id)
    if payment is not None:
        _tell_person(payment, "payment_vouched", notices.payment_vouched(payment), message)


@outbox.handler("wages.person_follows")
def follow_in_the_registry(message: OutboxMessage) -> None:
    if person := Claimant.objects.filter(pk=message.subject_id).first():
        services.tell_registry(person, at=message.drained_at)


@outbox.handler("wages.went_up")
def tell_both_levels(message: OutboxMessage) -> None:
    """Who had the case, the district's and the city's officials; and the person whose money it is."""
    row = Reopening.objects.select_related("payment__claimant__case", "handler_before").get(
        pk=message.payload["reopening"]
    )
    case = _case(message)
    before = [row.handler_before] if row.handler_before else []
    told = {user.pk: user for user in [*before, *ladder.of_the_place(case), *ladder.city()]}
    _tell_officials(case, told.values(), "went_up", notices.for_officials(case, "went_up"), message)
    _tell_person(row.payment, "went_up", notices.went_up(case), message)


def _tell_person(payment: Payment, event: str, text: str, message: OutboxMessage) -> None:
    person = payment.claimant
    if who := recipient_of(user=person.user, phone=person.phone):
        ref, url = f"{person.case.number}#{message.pk}", notices.money_path(person.case)
        send(who, event=f"wages.{event}", ref=ref, text=text, url=url, at=message.drained_at)


def _act(question: SmsQuestion, digit: str, at: datetime) -> str:
    """A reply from the phone that was asked is the person's word, like a code sent there."""
    payment = Payment.objects.select_related("claimant").get(pk=question.subject)
    sum_ = fen(payment.fen)
    if digit == services.YES:
        services.confirm_payment(payment, by=None, at=at, heard=Heard.SMS)
        return _("已记下：{sum}收到了。不是你回的，请打12333。").format(sum=sum_)
    services.contest_payment(payment, by=None, at=at, heard=Heard.SMS)
    return _("已记下：{sum}没收到，改由上一级核实。不是你回的，请打12333。").format(sum=sum_)


def _about(question: SmsQuestion) -> str:
    payment = _payment(question.subject)
    return f"{payment.claimant.case.number} {fen(payment.fen)}" if payment else ""


replies.register(
    services.QUESTION,
    replies.Kind(
        answers=(
            replies.Answer(services.YES, gettext_lazy("收到"), ("收到了", "已收到", "收到钱了", "是")),
            replies.Answer(services.NO, gettext_lazy("没收到"), ("没有收到", "未收到", "没有", "没")),
        ),
        act=_act,
        about=_about,
    ),
)
