"""The watch of the demonstration's six months, as it would have looked, and what officials did about older alerts."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from core.calendar import local_day

from .. import policies, services
from ..enums import OFFSETS, Level
from ..models import Alert, WatchRun
from ..watch import looking, months
from .payroll import Told

_CLOSED_BEFORE = timedelta(days=60)


def look_back(told: Told, *, at: datetime) -> None:
    """Each month on its four days; the oldest alerts are closed, some of the others known of."""
    today, wanted = local_day(at), [project.pk for project in told.projects]
    for month in told.months:
        days = months.due_days(month)
        last = max(days[project.pay_day] for project in told.projects)
        for offset in OFFSETS:
            day = min(last + timedelta(days=offset), today)
            moment = min(timezone.make_aware(datetime.combine(day, time(6, 10))), at)
            looking.evaluate(month, offset, at=moment, projects=wanted)
    WatchRun.objects.update_or_create(pk=1, defaults={"through": today, "at": at})
    _handle(at)


def _handle(at: datetime) -> None:
    officials = list(User.objects.filter(username__in=["jiangjin", "fengjie", "city"]).order_by("username"))
    alerts = Alert.objects.select_related("project").filter(project__isnull=False).order_by("found_at", "pk")
    for number, alert in enumerate(alerts):
        by = next((user for user in officials if policies.may_handle(user, alert)), None)
        if by is None:
            continue
        if alert.found_at < at - _CLOSED_BEFORE:
            services.close(alert, reason="已约谈总包，工资补发到位，查过银行流水。", by=by, at=at - timedelta(days=20))
        elif alert.level != Level.RED and number % 3 == 0:
            services.acknowledge(alert, reason="已电话通知劳资专管员，三天内补报。", by=by, at=at)
