"""What officials do about an alert: know of it, make a report of it, close it with a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import refuse_unless, require
from core.transitions import move

from .. import policies
from ..models import Alert

REPORTED = "sites.alert_reported"


def _require(alert: Alert, by: Any) -> None:
    require(policies.may_handle(by, alert), _("你不负责这个项目所在的区县。"))


@transaction.atomic
def acknowledge(alert: Alert, *, reason: str, by: Any, at: datetime) -> Alert:
    """Somebody has read it and says what they will do."""
    _require(alert, by)
    refuse_unless(bool(reason.strip()), _("请写打算怎么处理。"), field="reason")
    return move(alert, "acknowledge", by=by, at=at, reason=reason.strip(), acknowledged_by=by, acknowledged_at=at)


@transaction.atomic
def close(alert: Alert, *, reason: str, by: Any, at: datetime) -> Alert:
    """It is dealt with, and how."""
    _require(alert, by)
    refuse_unless(bool(reason.strip()), _("请写怎么处理的、核实的结果。"), field="reason")
    return move(alert, "close", by=by, at=at, reason=reason.strip(), closed_by=by, closed_at=at)


@transaction.atomic
def report(alert: Alert, *, reason: str, by: Any, at: datetime) -> Alert:
    """Make a lead of it for the office. The floor above answers through the outbox and links its case."""
    _require(alert, by)
    refuse_unless(bool(reason.strip()), _("请写为什么转为线索。"), field="reason")
    moved = Alert.objects.filter(pk=alert.pk, reported_at__isnull=True).update(reported_by=by, reported_at=at)
    refuse_unless(moved == 1, _("这条预警已经转为线索了。"))
    alert = Alert.objects.get(pk=alert.pk)
    audit.record(REPORTED, alert, by=by, at=at, reason=reason.strip())
    outbox.put(REPORTED, alert, at=at)
    return alert


@transaction.atomic
def link_case(alert: Alert, number: str, *, by: Any, at: datetime) -> None:
    """The number of the case that the report became; said once."""
    if Alert.objects.filter(pk=alert.pk, case_number="").update(case_number=number):
        audit.record("sites.alert_linked", alert, by=by, at=at, case=number)
