"""王伟's own complaint, filed through the same services as everybody's, two working days ago."""

from datetime import datetime, timedelta

from accounts.models import User
from accounts.phones import index
from core.calendar import local_day

from .. import services
from ..enums import Contract, Kind, Request
from ..forms.fields import months_back
from ..models import WageCode
from .story import _workday_back

PHONE = "13800000001"


def complain(codes: list[WageCode], at: datetime) -> None:
    """One case that waits for its answer, so that status, desk and notices have something to show."""
    wang = User.objects.filter(phone_index=index(PHONE)).first()
    sites = [code for code in codes if code.project_id and code.division.startswith("500116")]
    if wang is None or not sites:
        return
    day = _workday_back(local_day(at), 2)
    when = min(datetime(day.year, day.month, day.day, 18, 42, tzinfo=at.tzinfo), at - timedelta(minutes=5))
    draft = services.begin(code=sites[0], by=wang, at=when)
    months = sorted(months_back(day, 4)[1:3])
    answers = {
        "owed": {"owed_months": months, "amount_fen": 12_600_00},
        "work": {"work_from": months_back(day, 8)[-1], "work_to": None, "contract": Contract.NO},
        "evidence": {"facts": "每月说好 6300 元，8 月以后一直没发，班组长说等进度款。"},
        "you": {"kind": Kind.COMPLAINT, "name": "王伟", "headcount": 1},
        "details": {"requests": [Request.WAGES], "occupation": "钢筋工"},
    }
    for step, values in answers.items():
        services.answer(draft, step, values, by=wang, at=when)
    services.pledge(draft, by=wang, at=when)
    services.file(draft, phone=PHONE, by=wang, at=when)
