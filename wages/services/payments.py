"""Officials record what an employer paid, person by person; a mistake is taken back, a signed receipt vouches."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import replies
from core import audit, files, outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless
from core.models import StoredFile
from core.transitions import move

from ..enums import COUNTED, UNDER_WAY, Heard, PaymentState, PaymentWay
from ..models import Case, Claimant, Payment
from ..paying import Line
from . import _money
from ._rights import in_charge

PURPOSE = "wages-payment"
OLDEST = timedelta(days=3 * 366)
QUESTION = "wages.payment"


@transaction.atomic
def record_payments(
    case: Case,
    lines: list[Line] | None,
    *,
    by: Any,
    at: datetime,
    paid_on: date,
    way: str,
    note: str = "",
    upload: UploadedFile | None = None,
    over_reason: str = "",
) -> list[Payment]:
    """Record payments to these people (None: to everybody who is still owed), all of them or none.

    A line without a sum pays all that is still owed. Never more than is owed without a reason, and the same payment
    (day, sum, way) not twice: both are judged under the people's locks, so two officials do not pay one person twice.
    """
    case = in_charge(case, by)
    refuse_unless(case.state in UNDER_WAY, _("只有已立案、未办结的案件可以登记付款。"))
    refuse_unless(bool(note or upload), _("请写明凭证，或上传凭证照片。"), field="note")
    day = local_day(at)
    refuse_unless(day - OLDEST <= paid_on <= day, _("付款日应在今天或以前，不早于三年前。"), field="paid_on")
    people = _people(case, lines)
    stored = files.store(upload, by=by, at=at, purpose=PURPOSE) if upload else None
    about = {"paid_on": paid_on, "way": PaymentWay(way), "note": note, "over_reason": over_reason}
    rows = [_payment(person, fen, by, at, stored, about) for person, fen in people]
    Payment.objects.bulk_create(rows)
    _money.reckon_people([person for person, _fen in people], at=at)
    total = sum(row.fen for row in rows)
    audit.record("record_paid", case, by=by, at=at, reason=note, people=len(rows), fen=total)
    for row in rows:
        outbox.put("wages.payment_recorded", row, at=at)
    _money.follow(case, by=by, at=at)
    return rows


def _people(case: Case, lines: list[Line] | None) -> list[tuple[Claimant, int | None]]:
    """The people of the lines, locked in one order, each with the sum that was typed."""
    living = Claimant.objects.select_for_update(of=("self",)).filter(case=case.pk).live().order_by("pk")
    if lines is None:
        found = [(person, None) for person in living if person.owed_fen]
        refuse_unless(bool(found), _("每个人都已登记付清。"))
        return found
    refuse_unless(bool(lines), _("没有要登记的人。"), field="lines")
    by_place: dict[int, Claimant] = {}
    for person in living:
        refuse_unless(person.place not in by_place, _("有并入的投诉，序号重复，请逐人登记。"), field="lines")
        by_place[person.place] = person
    unknown = [str(line.place) for line in lines if line.place not in by_place]
    refuse_unless(
        not unknown, _("名单里没有这些序号，或已撤回：{n}。").format(n="、".join(unknown[:10])), field="lines"
    )
    return [(by_place[line.place], line.fen) for line in lines]


def _payment(
    person: Claimant, typed: int | None, by: Any, at: datetime, stored: StoredFile | None, about: dict
) -> Payment:
    who, owed = _("序号 {n}").format(n=person.place), person.owed_fen
    fen = owed if typed is None else typed
    refuse_unless(fen > 0, _("{who} 已登记付清，没有再登记。").format(who=who), field="lines")
    if not about["over_reason"]:
        same = Payment.objects.filter(claimant=person, paid_on=about["paid_on"], way=about["way"], fen=fen)
        twice = _("{who} 已登记过同一天、同样金额的付款。确实是另一笔的，请写明理由。").format(who=who)
        refuse_unless(not same.filter(state__in=COUNTED).exists(), twice, field="over_reason")
        if fen > owed:
            words = _("{who} 只欠 {owed} 元，登记了 {fen} 元。多付的请写明理由。")
            sums = {"owed": f"{owed / 100:,.2f}", "fen": f"{fen / 100:,.2f}"}
            raise Refusal(words.format(who=who, **sums), field="over_reason")
    return Payment(claimant=person, fen=fen, evidence=stored, recorded_at=at, recorded_by=by, **about)


@transaction.atomic
def void_payment(payment: Payment, *, by: Any, at: datetime, reason: str) -> Payment:
    """The record was a mistake; before the person answered. Afterwards only their own word changes it."""
    case, person, payment = _for_officials(payment, by)
    payment = move(payment, "take_back", by=by, at=at, reason=reason, decided_at=at, decided_by=by)
    return _after(case, person, payment, "void_payment", by=by, at=at, reason=reason)


@transaction.atomic
def vouch(payment: Payment, *, by: Any, at: datetime, reason: str, upload: UploadedFile | None) -> Payment:
    """For who can be asked by no phone: another official than the recorder keeps the receipt that the person signed."""
    refuse_unless(upload is not None, _("请上传本人签收的凭证。"), field="upload")
    case, person, payment = _for_officials(payment, by)
    refuse_unless(payment.recorded_by_id != by.pk, _("登记人不能自己凭凭证确认，请由另一名工作人员办理。"))
    denied = person.payments.filter(state=PaymentState.CONTESTED).exists()
    refuse_unless(not denied, _("本人说过没收到，只能由本人确认。"))
    stored = files.store(upload, by=by, at=at, purpose=PURPOSE)
    about = {"evidence": stored, "heard": Heard.PAPER, "decided_at": at, "decided_by": by}
    payment = move(payment, "vouch", by=by, at=at, reason=reason, **about)
    outbox.put("wages.payment_vouched", payment, at=at)
    return _after(case, person, payment, "vouch_payment", by=by, at=at, reason=reason)


def _for_officials(payment: Payment, by: Any) -> tuple[Case, Claimant, Payment]:
    case, person, fresh = _money.hold(payment)
    in_charge(case, by)
    return case, person, fresh


def _after(case: Case, person: Claimant, payment: Payment, verb: str, *, by: Any, at: datetime, reason: str) -> Payment:
    _money.reckon_people([person], at=at)
    audit.record(verb, case, by=by, at=at, reason=reason, claimant=person.pk, payment=payment.pk)
    replies.close(kind=QUESTION, subject=str(payment.pk), at=at)
    _money.follow(case, by=by, at=at)
    return Payment.objects.get(pk=payment.pk)
