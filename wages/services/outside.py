"""One of the city's own offices outside helps with a case: asked, called back, handed back with a report.

The office where the labour is used decides (监察条例 art. 13) and who was asked first answers for the way (724号令
art. 10), so the case stays with its district: number, state, handler and both clocks go on. The office outside reads
it, calls the people, and reports.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless
from places.enums import Kind
from places.models import Place, Post

from ..models import Case, Helping
from ._rights import helping, in_charge


@transaction.atomic
def ask_outside(case: Case, *, by: Any, at: datetime, place: Place, note: str) -> Case:
    """Let an office outside see the case and help. Only one at a time, and one where somebody serves."""
    case, day = in_charge(case, by), local_day(at)
    refuse_unless(case.closed_at is None, _("案件已结束，不能再移交。"))
    refuse_unless(case.outside_id is None, _("这起案件已经在一个市外办事处。"), field="place")
    ours = Place.objects.open_on(day).filter(pk=place.pk, kind=Kind.OUTSIDE).exists()
    refuse_unless(ours, _("请选市外办事处。"), field="place")
    staffed = Post.objects.on(day).filter(place=place, user__is_active=True).exists()
    refuse_unless(staffed, _("这个办事处还没有工作人员账户，请先打电话联系。"), field="place")
    Helping.objects.create(case=case, place=place, request=note, asked_at=at, asked_by=by)
    Case.objects.filter(pk=case.pk).update(outside=place)
    audit.record("ask_outside", case, by=by, at=at, reason=place.name, place=place.pk)
    outbox.put("wages.outside_asked", case, at=at, place=place.pk)
    return Case.objects.get(pk=case.pk)


@transaction.atomic
def hand_back(case: Case, *, by: Any, at: datetime, report: str) -> Case:
    """The office outside says what it found and did; the district goes on."""
    fresh = helping(case, by)
    refuse_unless(bool(report.strip()), _("请写明办了什么、查到什么。"), field="report")
    return _returned(fresh, "hand_back", by=by, at=at, report=report.strip())


@transaction.atomic
def call_back(case: Case, *, by: Any, at: datetime, note: str) -> Case:
    """The district ends the help itself, for instance because nothing comes."""
    fresh = in_charge(case, by)
    refuse_unless(fresh.outside_id is not None, _("这起案件现在不在市外办事处。"))
    return _returned(fresh, "call_back", by=by, at=at, report="", reason=note)


def _returned(case: Case, verb: str, *, by: Any, at: datetime, report: str, reason: str = "") -> Case:
    place = case.outside
    Helping.objects.filter(case=case, returned_at__isnull=True).update(returned_at=at, returned_by=by, report=report)
    Case.objects.filter(pk=case.pk).update(outside=None)
    audit.record(verb, case, by=by, at=at, reason=reason or place.name, place=place.pk)
    outbox.put("wages.outside_returned", case, at=at, place=place.pk)
    return Case.objects.get(pk=case.pk)
