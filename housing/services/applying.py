"""What the applicant does: hand in, supply papers, withdraw."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policies import is_broker
from core.calendar import local_day
from core.errors import refuse_unless, require

from .. import offices, policies
from ..deadlines import DOCUMENTS, FINAL, PRELIMINARY
from ..declared import assess_application, missing_papers, undone
from ..eligibility import Assessment
from ..enums import State
from ..models import HousingApplication, UnitType
from ..policy import rules_on
from ._steps import NOT_YOURS, forget, fresh, go_on, start, starts_over, step


@transaction.atomic
def submit(draft: HousingApplication, *, by: User, at: datetime) -> HousingApplication:
    """Hand in. Papers that are missing may follow within their period; the other tasks must be done.

    Who does not meet a condition may still apply: the office decides, in writing.
    """
    require(policies.owns(by, draft), NOT_YOURS)
    return hand_in(draft, by=by, at=at)


def hand_in(draft: HousingApplication, *, by: User, at: datetime) -> HousingApplication:
    """What handing in does, whoever does it; the caller has checked that they may."""
    # What is judged is what is handed in: a task saved at the same moment waits, or is refused.
    draft = fresh(draft)
    refuse_unless(not undone(draft), _("还有没填完的部分，填完才能提交。"))
    assessment = assess_application(draft, local_day(at))
    has_kind = UnitType.objects.filter(estate=draft.estate_id, kind=assessment.unit_kind).exists()
    refuse_unless(has_kind, _("这个小区没有你家能申请的户型，请换一个小区。"), field="estate")
    complete = not missing_papers(draft)
    district, rules = draft.estate.district_id, rules_on(local_day(at))
    return step(
        draft,
        "submit" if complete else "submit_incomplete",
        by=by,
        at=at,
        number=f"GZ-{local_day(at).year}-{draft.pk:06d}",
        submitted_at=at,
        submitted_by=by if is_broker(by) else None,
        division_id=offices.preliminary(district, draft.point_id, rules),
        final_division_id=offices.final(district, rules),
        unit_kind=assessment.unit_kind,
        assessment=snapshot(assessment),
        rules_version=assessment.version,
        complete_at=at if complete else None,
        **start(PRELIMINARY if complete else DOCUMENTS, at),
    )


def snapshot(assessment: Assessment) -> dict:
    """The assessment as it was that day, for the reviewer and for a later dispute."""
    reasons = [
        {key: value for key, value in asdict(reason).items() if key not in {"met_on", "advice"}}
        for reason in assessment.reasons
    ]
    return {"eligible": assessment.eligible, "unit_kind": str(assessment.unit_kind), "reasons": reasons}


@transaction.atomic
def supply(application: HousingApplication, *, by: User, at: datetime) -> HousingApplication:
    """Say that the papers are complete now; whoever asked for them goes on with the review."""
    require(policies.may_edit(by, application, at=at), NOT_YOURS)
    application = fresh(application)
    refuse_unless(application.state == State.DOCS_DUE, _("现在不用补材料。"))
    missing = missing_papers(application)
    names = "、".join(str(need.kind.label) for need in missing)
    refuse_unless(not missing, _("还缺：{names}。").format(names=names))
    _refuse_nothing_new(application)
    if application.taken_up_at is None:
        return step(application, "complete", by=by, at=at, complete_at=at, **start(PRELIMINARY, at))
    afresh = starts_over("supplement", at)
    clocks = {**go_on(application, PRELIMINARY, at, afresh=afresh), **(forget(FINAL) if afresh else {})}
    return step(application, "resume", by=by, at=at, **clocks)


def _refuse_nothing_new(application: HousingApplication) -> None:
    """An official who asked for something must find something new."""
    asked = application.taken_up_at is not None
    fresh = application.documents.filter(file__uploaded_at__gte=application.docs_requested_at).exists()
    refuse_unless(fresh or not asked, _("还没有上传新的材料。"))


@transaction.atomic
def withdraw(application: HousingApplication, *, by: User, at: datetime, reason: str = "") -> HousingApplication:
    """End the application at the applicant's wish; a new one may follow at any time."""
    require(policies.may_end(by, application), NOT_YOURS)
    refuse_unless(application.state != State.DRAFT, _("草稿不用撤回，可以直接删掉。"))
    return step(application, "withdraw", by=by, at=at, reason=reason)
