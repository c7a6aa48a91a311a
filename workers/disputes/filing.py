"""What can be disputed, who has to look at it and by when; filing a dispute and taking it back."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, files, outbox, parameters
from core.calendar import add_workdays, local_day
from core.divisions import CITY, CITY_PREFIX
from core.errors import Refusal, refuse_unless, require
from core.transitions import move

from .. import policies, values
from ..enums import Source
from ..indicators import INDICATORS, Indicator, Kind
from ..models import Dispute, Worker
from ..services.provenance import Shadow
from ..sources import held_source
from ..texts import has_text, text_of

PURPOSE = "workers.dispute"
WORKDAYS = "workers.dispute_workdays"
BY_NUMBER = {row.number: row for row in INDICATORS}
# These offices keep people where they are registered; the others serve them where they live.
_KEPT_AT_HOME = frozenset({Source.POLICE, Source.CIVIL_AFFAIRS, Source.AGRICULTURE})


def owner_of(worker: Worker, indicator: Indicator) -> Source | None:
    """The department that answers for the value: the indicator's own, else the one that stated it."""
    held = held_source(worker, indicator)
    if indicator.department.is_department:
        return indicator.department
    return held if held and held.is_department else None


def may_be_disputed(worker: Worker, indicator: Indicator) -> bool:
    """A department stated it, or it is a department's alone to state; computed results follow from their matters.

    An ID number cannot be typed anew here: whoever could would be somebody else.
    """
    if indicator.page is None or not has_text(indicator) or indicator.kind == Kind.SEALED:
        return False
    held = held_source(worker, indicator)
    stated = held is not None and held.is_department
    alone = indicator.updated_by == "D" and held is not None
    return (stated or alone) and owner_of(worker, indicator) is not None


def office_of(worker: Worker, department: Source) -> str:
    """The district whose officials look at it; the city's where no district of the city is known."""
    home, here = worker.hukou_division[:6], worker.residence_division[:6]
    wanted = (home, here) if department in _KEPT_AT_HOME else (here, home)
    return next((code for code in wanted if len(code) == 6 and code.startswith(CITY_PREFIX)), CITY)


def open_dispute(worker: Worker, indicator: Indicator) -> Dispute | None:
    return Dispute.objects.open().filter(worker=worker, indicator=indicator.number).first()


@transaction.atomic
def file(
    worker: Worker,
    indicator: Indicator,
    value: Any,
    *,
    reason: str,
    by: Any,
    at: datetime,
    photo: UploadedFile | None = None,
) -> Dispute:
    """The worker says what it should be and why; `value` as `services.record` takes it, None for nothing."""
    require(policies.is_self(by, worker), _("只有本人可以申请更正。"))
    refuse_unless(may_be_disputed(worker, indicator), _("这一项不能在这里申请更正。"))
    refuse_unless(len(reason.strip()) >= 2, _("请写明哪里不对。"), field="reason")
    claimed = text_of(indicator, Shadow(worker, values.columns_of(indicator, value)))
    differs = claimed != text_of(indicator, worker)
    refuse_unless(differs, _("你填的和现在登记的一样。"), field=indicator.code)
    department = owner_of(worker, indicator)
    dispute = Dispute(
        worker=worker,
        indicator=indicator.number,
        department=department,
        district=office_of(worker, department),
        claimed=claimed or None,
        reason=reason.strip(),
        photo=files.store(photo, by=by, at=at, purpose=PURPOSE) if photo else None,
        filed_at=at,
        **clock(at),
    )
    try:
        with transaction.atomic():
            dispute.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("这一项已经有一份更正申请在办理，请等答复。")) from error
    audit.record("workers.dispute_filed", dispute, by=by, at=at, indicator=indicator.number, department=int(department))
    outbox.put("workers.dispute_filed", dispute, at=at)
    return dispute


def clock(at: datetime) -> dict[str, Any]:
    """By when a dispute that officials have from now on is answered, and by which rule."""
    rule = parameters.get(WORKDAYS, on=local_day(at))
    due = add_workdays(local_day(at), rule.number)
    return {"due_on": due.day, "due_provisional": due.provisional, "rule": rule.version}


def withdraw(dispute: Dispute, *, by: Any, at: datetime) -> Dispute:
    """The worker takes it back, at any time and without a reason."""
    require(policies.is_self(by, dispute.worker), _("只有本人可以撤回。"))
    return move(dispute, "withdraw", by=by, at=at)
