"""A complaint that 江津's official typed on the phone for somebody who does not want the employer to know the name."""

from datetime import datetime, timedelta

from accounts.models import User
from core.calendar import local_day

from .. import services
from ..enums import Channel, Contract, Kind
from ..forms.fields import months_back
from ..models import WageCode

PHONE = "15420000999"  # 154 belongs to no operator


def complain(codes: list[WageCode], at: datetime) -> None:
    """It waits for another official's decision, because who typed it does not accept it."""
    official = User.objects.filter(username="jiangjin").first()
    sites = [code for code in codes if code.project_id and code.division.startswith("500116")]
    if official is None or not sites:
        return
    when = at - timedelta(hours=3)
    months = months_back(local_day(when), 5)
    draft = services.begin_for(channel=Channel.PHONE, code=sites[-1], by=official, at=when)
    answers = [
        ("owed", {"owed_months": sorted(months[1:3]), "amount_fen": 9_400_00}),
        ("work", {"work_from": months[-1], "work_to": None, "contract": Contract.UNSURE}),
        ("evidence", {"facts": "在食堂帮厨，两个月没发工资。不会写字，打电话来说的。"}),
        ("you", {"kind": Kind.COMPLAINT, "name": "冉光碧", "confidential": True, "headcount": 1}),
        ("details", {"occupation": "炊事员"}),
    ]
    services.take_down(draft, answers, phone=PHONE, by=official, at=when)
    services.file(services.pledge(draft, by=official, at=when), phone=PHONE, by=official, at=when)
