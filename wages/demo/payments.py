"""The payments of the synthetic cases: answered where a case was settled, waiting where its people are being asked."""

from datetime import timedelta

from core.calendar import local_day

from ..enums import CaseState, Heard, PaymentState, PaymentWay
from ..models import Case, Claimant, Payment

_ANSWERS = (Heard.CODE, Heard.SMS, Heard.ACCOUNT)
EVERY_NTH_WAITS = 3


def write(cases: list[Case], people: list[Claimant]) -> None:
    """One payment per person who has their money; in a case under way every third has not answered yet."""
    by_case = {case.pk: case for case in cases}
    rows = [_payment(by_case[person.case_id], person, n) for n, person in enumerate(people) if person.paid_fen]
    Payment.objects.bulk_create(rows)
    waiting: dict[int, int] = {}
    for row in rows:
        waiting[row.claimant.case_id] = waiting.get(row.claimant.case_id, 0) + (row.state == PaymentState.RECORDED)
    for case in cases:
        case.unanswered_now = waiting.get(case.pk, 0)
    Case.objects.bulk_update(cases, ["unanswered_now"])


def _payment(case: Case, person: Claimant, n: int) -> Payment:
    paid = case.paid_at or case.submitted_at
    row = Payment(
        claimant=person,
        fen=person.paid_fen,
        paid_on=local_day(paid),
        way=PaymentWay.TRANSFER,
        note="银行代发流水",
        recorded_at=paid,
        recorded_by=case.assignee,
    )
    if case.state == CaseState.SETTLED or n % EVERY_NTH_WAITS:
        row.state, row.heard, row.decided_at = PaymentState.CONFIRMED, _ANSWERS[n % 3], paid
    else:
        row.asked_at, row.presume_on = paid, local_day(paid) + timedelta(days=16)
    return row
