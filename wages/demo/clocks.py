"""What shows clocks and ways in the demonstration: rules, a case before a fast court, and who was told of what."""

from datetime import datetime, timedelta

from accounts.models import User
from core.calendar import add_workdays, local_day

from .. import services
from ..models import Case

RULES = (
    {"order": 10, "title": "三十人以上的案件归市级", "headcount_from": 30, "office": "500000"},
    {"order": 20, "title": "五十万元以上的案件归市级", "amount_from_fen": 50_000_000, "office": "500000"},
    {"order": 90, "title": "江津：派给在办最少的人", "place": "500116", "strategy": "least"},
)
WAITING = {"order": 15, "title": "十人以上的工地案件归市级", "field_type": "construction", "headcount_from": 10}


def show(at: datetime) -> None:
    """After the cases, so that these stay where they were filed."""
    people = {user.username: user for user in User.objects.filter(username__in=("city", "city2", "jiangjin"))}
    if len(people) < 3:
        return
    _court(people["jiangjin"], at)
    services.watch(at=at)
    for rule in RULES:
        row = services.propose_rule(**rule, valid_from=local_day(at), by=people["city"], at=at)
        services.switch_on(row, by=people["city2"], at=at)
    services.propose_rule(**WAITING, office="500000", valid_from=local_day(at), by=people["city"], at=at)


def _court(official: User, at: datetime) -> None:
    """A case of 江津区 that went to the fast court a week ago; its hearing is set."""
    early = Case.objects.open().filter(division__startswith="500116", state__in=("accepted", "investigating"))
    case = early.filter(accepted_at__lt=at - timedelta(days=8), outside=None).order_by("pk").first()
    if case is None:
        return
    day, by = local_day(at), {"by": official}
    services.refer_arbitration(
        case, note="双方对工资数额有争议，引导走速裁庭。", fast=True, at=at - timedelta(days=7), **by
    )
    services.arb_apply(case, on=day - timedelta(days=6), at=at - timedelta(days=6), **by)
    services.arb_accept(case, on=day - timedelta(days=4), at=at - timedelta(days=4), **by)
    services.arb_serve(case, on=day - timedelta(days=2), at=at - timedelta(days=2), **by)
    services.arb_hearing(case, on=day, hearing_on=add_workdays(day, 8).day, at=at, **by)
