"""Who may decide is asked again under the row's lock: a case may have moved to another office meanwhile."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import require

from .. import policies
from ..models import Case

NOT_YOURS = _("你不能办理这起案件：不在管辖范围内，或者你已回避。")
TYPED_IT = _("这份投诉是你替投诉人录入的，是否受理要由另一名工作人员决定。")


def concerned(case: Case, by: Any) -> Case:
    """The same for who may read it: the office in charge, or the one outside that helps."""
    fresh = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require(policies.may_read(by, fresh), NOT_YOURS)
    return fresh


def helping(case: Case, by: Any) -> Case:
    """The same for the office outside that the case was handed to."""
    fresh = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require(policies.may_help(by, fresh), NOT_YOURS)
    return fresh


def to_take_up(case: Case, by: Any) -> Case:
    """As `in_charge`, for whether it is accepted: who typed it for the complainant does not decide that."""
    fresh = in_charge(case, by)
    require(policies.may_take_up(by, fresh), TYPED_IT)
    return fresh


def in_charge(case: Case, by: Any) -> Case:
    """The case as it is now, locked to the end of the transaction. Raises `NotAllowed` unless `by` may decide it."""
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    require(policies.may_decide(by, fresh), NOT_YOURS)
    return fresh
