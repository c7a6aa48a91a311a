"""Another office of the city is in charge: the case moves there as it is and goes on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.policies import is_city_official
from core import audit, outbox
from core.calendar import local_day
from core.divisions import district_choices
from core.errors import refuse_unless

from ..enums import DocumentKind
from ..flow import MOVABLE
from ..models import Case
from ..offices import office_of
from ._letters import issue
from ._rights import in_charge


@transaction.atomic
def hand_over(case: Case, *, by: Any, at: datetime, district: str, note: str = "") -> Case:
    """Move an open case to the office of another district of the city. Number, state and both clocks stay.

    Who was asked first answers for the way (首问负责, 724号令 art. 10): the days that the sender used are not given
    again. The office where the labour is used has the case (监察条例 art. 13); where two offices differ, the city names
    the one in charge, so only the city moves a case a second time. The receiver finds it among the unassigned.
    """
    case = in_charge(case, by)
    refuse_unless(case.state in MOVABLE, _("现在的状态不能移交别的区县。"))
    refuse_unless(district in dict(district_choices(local_day(at))), _("请选重庆市的区县。"), field="district")
    refuse_unless(district != case.district, _("案件已经在这个区县。"), field="district")
    refuse_unless(not case.approvals.pending().exists(), _("还有等待审批的事项，办完再移交。"))
    moved_before = case.documents.filter(kind=DocumentKind.HAND_OVER).exists()
    refuse_unless(
        not moved_before or is_city_official(by),
        _("这起案件已经移交过一次。对管辖有争议的，请报市级指定（监察条例第十三条）。"),
        field="district",
    )
    sender, receiver = case.seat, office_of(district).name
    issue(case, DocumentKind.HAND_OVER, by=by, at=at, ground=receiver, text=note)
    Case.objects.filter(pk=case.pk).update(division=district, office="", assignee=None, second_inspector=None)
    audit.record("hand_over", case, by=by, at=at, reason=receiver, from_division=sender, to_division=district)
    outbox.put("wages.handed_over", case, at=at, from_division=sender)
    return Case.objects.get(pk=case.pk)
