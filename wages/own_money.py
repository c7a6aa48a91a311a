"""One person's money in words: rows and payments for their own page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.calendar import local_day
from core.templatetags.ui import cn_date, fen

from . import law, paying
from .enums import CLAIM_ENDED, UNDER_WAY, PaymentState
from .models import Claimant, Payment


@dataclass(frozen=True)
class Sheet:
    """One claim: sums, payments that wait for an answer, those that were answered, and what may still be said."""

    person: Claimant
    name: str
    rows: list[dict]
    waiting: list[Payment]
    answered: list[dict]
    may_say_all: bool


def sheet(person: Claimant, *, day: date) -> Sheet:
    payments = list(person.payments.exclude(state=PaymentState.TAKEN_BACK).order_by("recorded_at", "pk"))
    waiting = [one for one in payments if one.state == PaymentState.RECORDED]
    live = person.state not in CLAIM_ENDED
    return Sheet(
        person=person,
        name=person.name.open() if person.name else str(_("举报人")),
        rows=_rows(person, payments),
        waiting=waiting,
        answered=[_answered(person, one, day) for one in payments if one.state != PaymentState.RECORDED],
        may_say_all=live and not waiting and person.owed_fen > 0 and person.case.state in UNDER_WAY,
    )


def _rows(person: Claimant, payments: list[Payment]) -> list[dict]:
    came = paying.settled(paying.Known(one.fen, one.state) for one in payments)
    due = person.claimed_fen if person.verified_fen is None else person.verified_fen
    word = _("你说欠") if person.verified_fen is None else _("核实欠你")
    return [
        {"label": word, "value": fen(due)},
        {"label": _("算收到的"), "value": fen(came)},
        {"label": _("还差"), "value": fen(max(due - came, 0))},
    ]


def _answered(person: Claimant, payment: Payment, day: date) -> dict:
    words = {
        PaymentState.CONFIRMED: _("你说收到了"),
        PaymentState.PRESUMED: _("你没回答，按收到算"),
        PaymentState.CONTESTED: _("你说没收到，正在核实"),
    }
    if payment.state == PaymentState.CONFIRMED and payment.heard == "paper":
        words[PaymentState.CONFIRMED] = _("凭签收的凭证，记为收到")
    closed_on = local_day(person.case.closed_at) if person.case.closed_at else None
    open_to_no = paying.may_still_say_no(closed_on, day, law.contest_days(day))
    return {
        "pk": payment.pk,
        "sum": fen(payment.fen),
        "when": cn_date(payment.paid_on),
        "words": words[PaymentState(payment.state)],
        "may_deny": payment.state != PaymentState.CONTESTED and open_to_no,
        "may_confirm": payment.state in (PaymentState.CONTESTED, PaymentState.PRESUMED),
    }
