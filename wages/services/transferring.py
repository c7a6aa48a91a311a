"""What became of a case at the department it was sent to. Who was asked first goes on asking (724号令 art. 10)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, calendar, outbox, parameters
from core.calendar import local_day
from core.errors import refuse_unless
from core.transitions import move

from ..enums import AnswerState, CaseState
from ..models import Case, Transferral
from . import _clocks
from ._rights import in_charge


def sent(case: Case, *, target: str, at: datetime) -> Transferral:
    """Note the way out, and from when on the receiver is asked again. Called by `transfer`."""
    days = parameters.get("wages.transfer_ask_again_workdays", on=local_day(at)).number
    again = calendar.add_workdays(local_day(at), days).day
    return Transferral.objects.create(case=case, target=target, sent_at=at, ask_again_on=again)


@transaction.atomic
def record_answer(case: Case, *, by: Any, at: datetime, outcome: str, answer: str, answered_on: date) -> Case:
    """The department took it, finished it, or says that it is not theirs; the complainant is told what it said.

    Not theirs: the case opens again here, with the days of acceptance that were left when it went.
    """
    case = in_charge(case, by)
    refuse_unless(case.state == CaseState.TRANSFERRED, _("这起案件没有转送出去。"))
    refuse_unless(answered_on <= local_day(at), _("答复日期不能在今天之后。"), field="answered_on")
    row = case.transferrals.exclude(state=AnswerState.RETURNED).order_by("-pk").first()
    if row is None:  # sent before answers were kept
        row = sent(case, target=case.transfer_target, at=case.closed_at)
    refuse_unless(answered_on >= local_day(row.sent_at), _("答复日期不能早于转送。"), field="answered_on")
    said = {"answer": answer, "answered_on": answered_on, "recorded_at": at, "recorded_by": by}
    row = move(row, outcome, by=by, at=at, **said)
    if row.state == AnswerState.RETURNED:
        left = _clocks.after_supplement(case, stopped_on=local_day(row.sent_at), resumed_on=local_day(at))
        case = move(case, "come_back", by=by, at=at, reason=answer, closed_at=None, transfer_target="", **left)
    else:
        audit.record("answer_transfer", case, by=by, at=at, reason=f"{row.target}：{answer}", outcome=outcome)
    outbox.put("wages.transfer_answered", case, at=at, transferral=row.pk)
    return case


def ask_again(*, at: datetime) -> int:
    """Remind who sent a case of every department that is silent, once. Safe to run twice."""
    silent = Transferral.objects.filter(
        state=AnswerState.WAITING, asked_again_at__isnull=True, ask_again_on__lt=local_day(at)
    )
    reminded = 0
    for row in list(silent.select_related("case").order_by("ask_again_on", "pk")):
        with transaction.atomic():
            if Transferral.objects.filter(pk=row.pk, asked_again_at__isnull=True).update(asked_again_at=at):
                outbox.put("wages.transfer_unanswered", row.case, at=at, transferral=row.pk)
                reminded += 1
    return reminded
