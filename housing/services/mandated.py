"""Handing in for somebody else: a broker fills in under a mandate, and the applicant's phone has the last word.

An application states facts under a pledge and agrees to their comparison with other departments' data. A mandate alone
does not carry that far: a code goes to the applicant's own phone, and the broker hands in what the applicant has agreed
to. The code is good for this one draft as it stood when the code was sent: whatever is saved afterwards, a paper too,
needs a new one.
"""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import workers.services
from accounts import codes
from accounts.models import User
from core.errors import refuse_unless, require
from workers.models import Worker

from .. import policies
from ..declared import undone
from ..models import HousingApplication
from ._steps import NOT_YOURS, fresh, note_for
from .applying import hand_in

_LONGEST_NAME = 10
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_RECENT = timedelta(hours=1)


def phone_of(worker: Worker) -> str:
    """The number that is the applicant's beyond doubt."""
    return workers.services.proven_phone(worker)


@transaction.atomic
def ask_applicant(
    draft: HousingApplication, *, session_key: str, by: User, at: datetime, address: str = "", asked: bool = False
) -> codes.Sent:
    """Send the applicant a code that says who hands in what. Raises `codes.QuestionFirst` or another `Refusal`."""
    draft = fresh(draft)  # the code is for what stands there now
    require(policies.may_edit(by, draft, at=at), NOT_YOURS)
    refuse_unless(not undone(draft), _("还有没填完的部分，填完才能提交。"))

    def words(code: str) -> str:
        text = _(
            "验证码 {code}。念给劳务经纪人{name}，就是同意他替你交公租房申请，并核对社保、住房等数据。不同意就别念。"
        )
        return text.format(code=code, name=by.display_name[:_LONGEST_NAME])

    sent = codes.send(
        phone_of(draft.worker),
        _purpose(draft),
        session_key=session_key,
        at=at,
        address=address,
        asked=asked,
        words=words,
    )
    note_for(draft, _("请本人确认提交"), by=by, at=at)
    return sent


def hear_applicant(draft: HousingApplication, code: str, *, session_key: str, by: User, at: datetime) -> None:
    """The code, read out by the applicant. Call it outside of any transaction, as `codes.check`."""
    require(policies.may_edit(by, draft, at=at), NOT_YOURS)
    phone = phone_of(draft.worker)
    asked = codes.sent_since(phone, _purpose(draft), at - _RECENT)
    refuse_unless(bool(asked), _("发验证码以后申请改过。请点“再发一次”，请他念新的验证码。"), field="code")
    if not codes.confirmed(phone, _purpose(draft), session_key=session_key, at=at):
        codes.check(phone, code, _purpose(draft), session_key=session_key, at=at)


@transaction.atomic
def submit_for(draft: HousingApplication, *, session_key: str, by: User, at: datetime) -> HousingApplication:
    """Hand in as the applicant's broker, after the applicant's word and with nothing changed since."""
    draft = fresh(draft)  # nothing is saved between this look and handing in
    require(policies.may_edit(by, draft, at=at), NOT_YOURS)
    agreed = codes.confirmed(phone_of(draft.worker), _purpose(draft), session_key=session_key, at=at)
    refuse_unless(agreed, _("要先请他念验证码，才能替他提交；发码以后改过内容的，要重新发一次。"), field="code")
    return hand_in(draft, by=by, at=at)


def _purpose(draft: HousingApplication) -> str:
    """This draft in this state: the moment of the last save is part of it."""
    return f"housing.submit:{draft.pk}:{(draft.saved_at - _EPOCH) // _TICK:x}"
