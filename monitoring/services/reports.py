"""Building, publishing and withdrawing a month's report."""

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, parameters
from core.calendar import local_day
from core.divisions import district_choices
from core.errors import Refusal, refuse_unless, require
from core.transitions import move

from .. import beside, policies
from ..enums import BUILDING, PUBLISHING, Origin, ReportState
from ..figures import definitions
from ..figures.compute import compute
from ..figures.registry import Adjust
from ..models import Report, Sheet, Worksheet
from ..periods import Period, parse

SAME_PERSON = gettext_lazy("这一版是你编制的，要由另一位全市工作人员发布。")
TARGET = "wages.on_time_target_percent"  # kept by the matter that has to meet it
# Without room for its hash table PostgreSQL sorts millions of rows instead: three times as slow.
_ROOM_TO_COUNT = "SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"


def lock_of(period: Period) -> tuple[int, int]:
    """The advisory lock behind which two builds of a month wait for each other; who holds it is building."""
    return BUILDING, period.year * 12 + period.month


def snapshot_of(period: Period, *, at: datetime) -> date:
    """The last day that the figures cover. Raises `Refusal` for a month that has not begun."""
    day = min(period.last, local_day(at))
    refuse_unless(period.first <= day, _("{month}还没有开始。").format(month=period.name), field="period")
    return day


def build(
    period: Period, *, by: Any, at: datetime, origin: str = Origin.REGISTRY, adjust: Adjust | None = None
) -> Report:
    """Compute the month and keep it as a draft: a fresh version, or the present draft with new figures."""
    require(by is None or policies.may_build(by), _("无权编制全市监测报告。"))
    snapshot_on = snapshot_of(period, at=at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ROOM_TO_COUNT)
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", lock_of(period))
        districts = [code for code, _name in district_choices(snapshot_on)]
        month = compute(period, districts, past=beside.told(period), adjust=adjust)
        report = _draft(period, by=by, at=at, snapshot_on=snapshot_on, origin=origin)
        Sheet.objects.bulk_create(
            Sheet(report=report, division_id=division, figures=cells) for division, cells in month.sheets.items()
        )
        Worksheet.objects.bulk_create(beside.worksheets(report, month.tables))
        audit.record("build", report, by=by, at=at, version=report.version, origin=str(origin))
    return report


def _draft(period: Period, *, by: Any, at: datetime, snapshot_on: date, origin: str) -> Report:
    """An empty draft: the old one emptied, or the next version."""
    facts = {
        "snapshot_on": snapshot_on,
        "definitions": definitions.VERSION,
        "parameters": _parameters(snapshot_on),
        "origin": origin,
        "built_at": at,
        "built_by": by,
    }
    versions = Report.objects.of(str(period))
    draft = versions.filter(state=ReportState.DRAFT).first()
    if draft is None:
        newest = versions.aggregate(newest=Max("version"))["newest"] or 0
        return Report.objects.create(period=str(period), version=newest + 1, **facts)
    draft.sheets.all().delete()
    draft.worksheets.all().delete()
    versions.filter(pk=draft.pk).update(**facts)
    draft.refresh_from_db()
    return draft


def _parameters(day: date) -> dict[str, dict]:
    """The policy parameters that the report is read against, by value and version."""
    try:
        target = parameters.get(TARGET, on=day)
    except parameters.NoParameter:
        return {}
    return {TARGET: {"value": target.value, "version": target.version, "source": target.source}}


def publish(report: Report, *, by: Any, at: datetime, built_at: datetime | None = None) -> Report:
    """Put a draft before the public. The version published until now stays readable and says what replaced it.

    `built_at` tells which numbers the official looked at; a draft that was built anew meanwhile is refused.
    """
    require(policies.may_publish(by), _("无权发布全市监测报告。"))
    with transaction.atomic():
        _one_after_the_other()
        now = Report.objects.select_for_update().get(pk=report.pk)
        require(policies.is_another(by, now), SAME_PERSON)
        same = built_at in (None, now.built_at)
        refuse_unless(same, _("这一版刚刚重新编制过，数字可能变了，请回到报告再看一遍。"))
        _refuse_unguarded(now)
        for old in Report.objects.of(report.period).published().select_for_update():
            move(old, "supersede", by=by, at=at, reason=_("由第 {version} 版代替").format(version=report.version))
        return move(report, "publish", by=by, at=at, published_at=at, published_by=by)


def _one_after_the_other() -> None:
    """Two neighbouring months published at once would not see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [PUBLISHING])


def _refuse_unguarded(draft: Report) -> None:
    """A publication that appeared after the draft was built could betray what the draft hides, or be betrayed by it."""
    others = (row for row in beside.publications(parse(draft.period)) if row.pk != draft.pk)
    later = [row for row in others if row.published_at > draft.built_at]
    if later:
        words = _("这一版编制以后，{period} 又有新版发布。为了不让两份报告互相推算出小数，请重新编制再发布。")
        raise Refusal(words.format(period=later[-1].period))


def withdraw(report: Report, *, by: Any, at: datetime, reason: str) -> Report:
    """Take a published report back; its figures stay on record for officials and auditors."""
    require(policies.may_withdraw(by), _("无权撤回全市监测报告。"))
    refuse_unless(bool(reason.strip()), _("撤回要写明理由。"), field="reason")
    return move(report, "withdraw", by=by, at=at, reason=reason.strip())


def build_if_missing(period: Period, *, at: datetime, origin: str = Origin.REGISTRY) -> Report | None:
    """Build a finished month unless a version of the whole month is there already; safe to run twice."""
    if Report.objects.of(str(period)).filter(snapshot_on=period.last).exists():
        return None
    return build(period, by=None, at=at, origin=origin)
