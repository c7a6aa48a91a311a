"""Two inspectors as accounts (监察条例 art. 16): that both may still act, and another for who steps aside."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import refuse_unless

from .. import policies
from ..enums import INVESTIGATED
from ..models import Case
from ._rights import in_charge


@transaction.atomic
def name_inspector(case: Case, *, by: Any, at: datetime, second_inspector: Any) -> Case:
    """Name another second inspector while the case is under investigation or after."""
    case = in_charge(case, by)
    refuse_unless(case.state in INVESTIGATED, _("开始调查以后才需要两名监察员。"))
    check_second(case, second_inspector, first=case.assignee_id or by.pk)
    Case.objects.filter(pk=case.pk).update(second_inspector=second_inspector)
    audit.record("name_inspector", case, by=by, at=at, reason=str(second_inspector), inspector=second_inspector.pk)
    outbox.put("wages.inspector_named", case, at=at, official=second_inspector.pk)
    return Case.objects.get(pk=case.pk)


def check_second(case: Case, person: Any, *, first: int) -> None:
    """Raise `Refusal` unless this official may be the other inspector: another person, in charge, not recused."""
    refuse_unless(person.pk != first, _("两名监察员不能是同一个人。"), field="second_inspector")
    refuse_unless(
        policies.may_inspect(person, case),
        _("{name}不能作监察员：不在管辖范围内，或者已回避。").format(name=person),
        field="second_inspector",
    )


def require_two(case: Case) -> None:
    """Raise `Refusal` unless two different inspectors who may act are on the case."""
    refuse_unless(
        len(policies.inspectors(case)) == 2,
        _("调查和处理须有两名监察员（监察条例第十六条）。现在不足两名：请先分派承办人，或补派另一名监察员。"),
    )


def step_down(case: Case, person: Any, *, at: datetime) -> None:
    """Take a recused official off the case; where that leaves one inspector, the office must name another."""
    Case.objects.filter(pk=case.pk, assignee=person).update(assignee=None)
    Case.objects.filter(pk=case.pk, second_inspector=person).update(second_inspector=None)
    if case.state in INVESTIGATED and person.pk in (case.assignee_id, case.second_inspector_id):
        outbox.put("wages.inspector_missing", case, at=at)
