"""What the police say to a case that was handed to them. An alert stood beside it, no verdict; theirs is the answer."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless

from .. import crime
from ..enums import CaseState, PoliceAnswer
from ..models import Case, PoliceTransfer
from ._rights import in_charge


def note_sent(case: Case, *, by: Any, at: datetime, station: str) -> PoliceTransfer:
    """The transfer as a fact, with what was known then; called by `refer_police`, inside its transaction."""
    day = local_day(at)
    people = crime.people_of(case)
    return PoliceTransfer.objects.create(
        case=case,
        station=station,
        sent_on=day,
        sent_by=by,
        people=people.count,
        owed_fen=people.owed_fen,
        reached=crime.reached(people, crime.thresholds(day)),
    )


def _latest(case: Case, by: Any, on: date, at: datetime) -> tuple[Case, PoliceTransfer]:
    case = in_charge(case, by)
    row = case.police_transfers.order_by("-pk").first()
    refuse_unless(case.state == CaseState.POLICE and row is not None, _("这起案件没有移送公安，请刷新后再看。"))
    refuse_unless(row.sent_on <= on <= local_day(at), _("日期应在移送之后，不能晚于今天。"), field="on")
    return case, row


@transaction.atomic
def police_receipt(case: Case, *, by: Any, at: datetime, on: date, number: str) -> Case:
    """They signed for the papers."""
    case, row = _latest(case, by, on, at)
    refuse_unless(row.receipt_on is None, _("已经记录过公安回执。"))
    PoliceTransfer.objects.filter(pk=row.pk).update(receipt_on=on, receipt_number=number)
    audit.record("police_receipt", case, by=by, at=at, reason=number)
    return case


@transaction.atomic
def police_answer(case: Case, *, by: Any, at: datetime, on: date, answer: str, note: str) -> Case:
    """They filed it, declined, or sent it back; taking the case back is a step of its own."""
    case, row = _latest(case, by, on, at)
    refuse_unless(row.answer == "", _("已经记录过公安的答复。"))
    PoliceTransfer.objects.filter(pk=row.pk).update(answer=PoliceAnswer(answer), answered_on=on, note=note)
    audit.record("police_answer", case, by=by, at=at, reason=str(PoliceAnswer(answer).label))
    outbox.put("wages.police_answered", case, at=at, answer=answer)
    return case
