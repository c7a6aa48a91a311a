"""Ordering a month: a request writes the order down, and whoever drains the outbox builds it.

The build runs in the transaction that marks its message delivered. So a killed worker leaves no trace and the next
drain takes the order up; a message delivered twice finds the order carried out.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.notices import send
from core import audit, outbox
from core.errors import Refusal, refuse_unless, require
from core.templatetags.ui import cn_datetime
from core.transitions import move

from .. import policies
from ..enums import Origin
from ..models import BuildOrder
from ..periods import Period, parse
from . import reports

TOPIC = "monitoring.build_ordered"
ATTEMPTS = 6  # over about two minutes; then the official is told and may order again
PLACE = "/admin/monitoring/report/"


@transaction.atomic
def order_build(period: Period, *, by: Any, at: datetime, origin: str = Origin.REGISTRY) -> BuildOrder:
    """Order a month. Who comes second is told who ordered it and when."""
    require(policies.may_build(by), _("无权编制全市监测报告。"))
    reports.snapshot_of(period, at=at)
    order = BuildOrder(period=str(period), origin=origin, ordered_by=by, ordered_at=at)
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as error:
        raise _already_ordered(period) from error
    audit.record("order", order, by=by, at=at, period=order.period)
    outbox.put(TOPIC, order, at=at)
    return order


def _already_ordered(period: Period) -> Refusal:
    first = BuildOrder.objects.of(str(period)).waiting().select_related("ordered_by").first()
    if first is None:  # carried out between the two statements
        return Refusal(_("{month}的报告刚刚编好，请刷新列表。").format(month=period.name), field="period")
    words = _("{who}已在{when}下单编制{month}的报告，还没有编完，不用再下单。")
    said = words.format(who=first.ordered_by, when=cn_datetime(first.ordered_at), month=period.name)
    return Refusal(said, field="period")


@transaction.atomic
def carry_out(order: BuildOrder, *, at: datetime, attempt: int) -> BuildOrder:
    """Build what was ordered; what can never succeed, or has failed too often, is reported to who ordered it."""
    try:
        refuse_unless(attempt <= ATTEMPTS, _("连续 {count} 次没有编成，请告诉系统维护人员。").format(count=ATTEMPTS))
        report = reports.build(parse(order.period), by=order.ordered_by, at=at, origin=order.origin)
    except (Refusal, PermissionDenied) as no:
        order = move(order, "fail", by=None, at=at, reason=str(no), finished_at=at, why=str(no)[:300])
        text = _("{period} 监测报告没有编成：{why}").format(period=order.period, why=order.why)
        _tell(order, text, PLACE, at)
        return order
    order = move(order, "finish", by=None, at=at, finished_at=at, report=report)
    words = _("{period} 监测报告第 {version} 版已编好，核对后请另一位工作人员发布。")
    _tell(order, words.format(period=report.period, version=report.version), f"{PLACE}{report.pk}/change/", at)
    return order


def _tell(order: BuildOrder, text: str, url: str, at: datetime) -> None:
    send(order.ordered_by, event=TOPIC, ref=str(order.pk), text=text, url=url, sms=False, at=at)
