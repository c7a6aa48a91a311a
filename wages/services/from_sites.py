"""Where prevention leads to a complaint: a worker whose wages are not what the files say, an official's red alert."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.templatetags.ui import fen
from employers.models import Project
from sites import services as prevention
from sites.enums import Level
from sites.models import Alert
from sites.own import Wage

from ..enums import FieldType, Kind
from ..models import Case, Draft, WageCode
from . import drafts, filing


@transaction.atomic
def begin_from_wages(wages: Iterable[Wage], *, by: Any, at: datetime) -> Draft:
    """A draft in which employer, project, months and what is missing are filled in; the person answers the rest.

    The months and the sum are theirs to confirm, so that question stays open.
    """
    months = list(wages)
    draft = _begin(months[0].project, by=by, at=at)
    missing = sum(wage.short_fen for wage in months) or None
    draft.owed_months, draft.amount_fen = sorted({wage.month for wage in months}), missing
    draft.save(update_fields=["owed_months", "amount_fen"])
    return draft


def _begin(project: Project, *, by: Any, at: datetime) -> Draft:
    code = WageCode.objects.active().filter(project=project).order_by("pk").first()
    draft = drafts.begin(code=code, by=by, at=at)
    if code is not None:
        return draft
    builder = project.general_contractor
    drafts.answer(draft, "field", {"field_type": FieldType.CONSTRUCTION}, by=by, at=at)
    place = {
        "employer_name": builder.name,
        "employer_address": builder.address,
        "site_name": project.name,
        "division": project.division,
    }
    return drafts.answer(draft, "where", place, by=by, at=at)


@transaction.atomic
def file_alert(alert_id: int, *, at: datetime) -> Case | None:
    """The report that an official made of an alert, as a case of the project's office. Done once, however often asked.

    It says counts and sums; nobody is named, because nobody has complained yet.
    """
    rows = Alert.objects.select_for_update(of=("self",)).select_related("project__general_contractor", "rule")
    alert = rows.get(pk=alert_id)
    if alert.case_number or alert.reported_by is None:
        return None
    by = alert.reported_by
    draft = _begin(alert.project, by=None, at=at)
    draft.kind, draft.owed_months = Kind.REPORT, [alert.month]
    draft.amount_fen = int(alert.evidence.get("short_fen", 0)) or None
    draft.headcount = max(int(alert.evidence.get("hit", 1)), 1)
    draft.facts, draft.pledged_at = _story(alert), at
    draft.save()
    case = filing.file(draft, phone="", by=by, at=at)
    prevention.link_case(alert, case.number, by=by, at=at)
    return case


def _story(alert: Alert) -> str:
    """What the inspector reads first."""
    words = _("工资监测预警（{level}）：{project}，{month} 工资。规则：{rule}").format(
        level=Level(alert.level).label, project=alert.project.name, month=f"{alert.month:%Y-%m}", rule=alert.rule.text
    )
    said = alert.evidence
    if "hit" in said:
        numbers = _("涉及 {n} 人（共 {all} 人），应得 {due}，已付 {paid}，还差 {short}。")
        words += numbers.format(
            n=said["hit"],
            all=said["people"],
            due=fen(int(said["due_fen"])),
            paid=fen(int(said["paid_fen"])),
            short=fen(int(said["short_fen"])),
        )
    return words


def months_of(wages: Iterable[Wage], project_code: str, month: date) -> list[Wage]:
    """The month that the person pointed at, and every other at that project that was not paid in full."""
    there = [wage for wage in wages if wage.project.code == project_code]
    if not any(wage.month == month for wage in there):
        return []
    return [wage for wage in there if wage.month == month or wage.short_fen]
