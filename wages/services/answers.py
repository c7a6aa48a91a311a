"""The person's own word about their money. Callers have proven who it is: account, a code, or a reply by SMS."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import replies
from core import audit
from core.calendar import local_day
from core.errors import refuse_unless
from core.transitions import move

from .. import law, paying
from ..enums import CLAIM_ENDED, UNDER_WAY, Heard, PaymentState, PaymentWay
from ..models import Case, Claimant, Payment
from . import _money, _reopening
from .payments import QUESTION

YES, NO = "1", "2"


@transaction.atomic
def confirm_payment(payment: Payment, *, by: Any, at: datetime, heard: str) -> Payment:
    """“我收到了”: also for what was denied or taken for received before."""
    case, person, payment = _money.hold(payment)
    refuse_unless(payment.state != PaymentState.CONFIRMED, _("这笔钱你已经确认收到了。"))
    refuse_unless(payment.state != PaymentState.TAKEN_BACK, _("这笔付款登记有误，已经撤回，不用确认。"))
    if payment.state == PaymentState.CONTESTED:
        refuse_unless(
            payment.fen <= person.owed_fen or person.payments.filter(recorded_at__gt=payment.recorded_at).count() == 0,
            _("这笔之后又登记了别的付款，请确认后来的那笔。"),
        )
    payment = move(payment, "confirm", by=by, at=at, heard=Heard(heard), decided_at=at, decided_by=by)
    _money.reckon_people([person], at=at)
    _note("payment_confirmed", case, person, payment, by=by, at=at)
    replies.close(kind=QUESTION, subject=str(payment.pk), at=at, answer=YES)
    _money.follow(case, by=by, at=at)
    return payment


@transaction.atomic
def contest_payment(payment: Payment, *, by: Any, at: datetime, heard: str) -> Payment:
    """“我没有收到”: the case goes one level up, also after it was settled, within the parameter's days."""
    case, person, payment = _money.hold(payment)
    day = local_day(at)
    days, ended_on = law.contest_days(day), local_day(case.closed_at) if case.closed_at else None
    refuse_unless(payment.state != PaymentState.CONTESTED, _("你已经说过没收到，我们正在核实。"))
    refuse_unless(payment.state != PaymentState.TAKEN_BACK, _("这笔付款登记有误，已经撤回。"))
    refuse_unless(
        paying.may_still_say_no(ended_on, day, days),
        _("办结已过 {n} 天。没拿到钱请重新投诉，原来的编号写在说明里。").format(n=days),
    )
    payment = move(payment, "contest", by=by, at=at, heard=Heard(heard), decided_at=at, decided_by=by)
    _money.reckon_people([person], at=at)
    _note("contest_payment", case, person, payment, by=by, at=at)
    replies.close(kind=QUESTION, subject=str(payment.pk), at=at, answer=NO)
    case = _reopening.go_up(case, payment, by=by, at=at)
    _money.follow(case, by=by, at=at)
    return payment


@transaction.atomic
def say_paid(person: Claimant, *, by: Any, at: datetime, heard: str) -> Payment:
    """“我的钱都拿到了”, before anybody recorded a payment: all that is still owed is paid and confirmed."""
    case, person = _money.hold_person(person.pk)
    refuse_unless(case.state in UNDER_WAY, _("现在不能确认收款：案件还没有受理，或者已经结束。"))
    refuse_unless(person.state not in CLAIM_ENDED, _("你的投诉已经撤回或结束。"))
    waiting = person.payments.filter(state=PaymentState.RECORDED).exists()
    refuse_unless(not waiting, _("有付款在等你确认，请先逐笔回答。"))
    refuse_unless(person.owed_fen > 0, _("登记的欠薪已经付清。"))
    payment = Payment.objects.create(
        claimant=person,
        fen=person.owed_fen,
        paid_on=local_day(at),
        way=PaymentWay.UNKNOWN,
        recorded_at=at,
        state=PaymentState.CONFIRMED,
        heard=Heard(heard),
        decided_at=at,
        decided_by=by,
    )
    _money.reckon_people([person], at=at)
    _note("payment_confirmed", case, person, payment, by=by, at=at)
    _money.follow(case, by=by, at=at)
    return payment


def _note(verb: str, case: Case, person: Claimant, payment: Payment, *, by: Any, at: datetime) -> None:
    audit.record(verb, case, by=by, at=at, claimant=person.pk, payment=payment.pk, heard=payment.heard)
