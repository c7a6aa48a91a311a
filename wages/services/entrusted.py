"""A complaint that somebody else types: an official for who calls or comes, a broker for a client.

The complainant has the last word. A code goes to their phone and says what reading it out agrees to; it is good for
this draft as it stood when it was sent. At the window a signed record does as well; a broker has only the code.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

import workers.services
from accounts import codes, phones
from core import files
from core.errors import Refusal, refuse_unless, require
from workers.enums import MandateScope
from workers.models import Mandate, Worker

from .. import policies
from ..enums import Channel, Kind, ProofOfWord
from ..models import Case, Draft, WageCode
from . import drafts
from .filing import file

NOT_YOURS = _("这份投诉不是你录入的，或者你现在不能替他办。")
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_RECENT = timedelta(hours=1)


@transaction.atomic
def begin_for(*, channel: Channel, code: WageCode | None, by: Any, at: datetime, client: Worker | None = None) -> Draft:
    """A draft that is typed for somebody; nobody opens it by a resume code."""
    require(policies.may_type_for(by, client, at=at), NOT_YOURS)
    draft = drafts.begin(code=code, by=None, at=at)
    draft.channel, draft.entered_by, draft.client = channel, by, client
    draft.resume_code = draft.resume_index = None
    draft.save(update_fields=["channel", "entered_by", "client", "resume_code", "resume_index"])
    return draft


@transaction.atomic
def take_down(draft: Draft, answers: list[tuple[str, dict]], *, phone: str, by: Any, at: datetime) -> Draft:
    """Keep what was said, all questions at once."""
    draft = _fresh(draft, by, at)
    for step, values in answers:
        draft = drafts.answer(draft, step, values, by=by, at=at)
    return drafts.remember_phone(draft, phone, by=by, at=at)


@transaction.atomic
def ask_person(
    draft: Draft, *, session_key: str, by: Any, at: datetime, address: str = "", asked: bool = False
) -> codes.Sent:
    """Send the complainant a code that says what it is for. Raises `codes.QuestionFirst` or another `Refusal`."""
    draft = _fresh(draft, by, at)
    if draft.channel == Channel.BROKER:
        words = _("验证码 {code}。念给劳务经纪人{name}，就是同意他替你投诉欠薪，内容属实。不同意就别念。")
    else:
        words = _("验证码 {code}。念给工作人员，就是确认按你说的登记欠薪投诉，内容属实。不同意就别念。")
    name = by.display_name[:10]
    return codes.send(
        phone_for(draft),
        _purpose(draft),
        session_key=session_key,
        at=at,
        address=address,
        asked=asked,
        words=lambda code: words.format(code=code, name=name),
    )


def hear_person(draft: Draft, code: str, *, session_key: str, by: Any, at: datetime) -> None:
    """The code, read out by the complainant. Call it outside of any transaction, as `codes.check`."""
    require(policies.may_type_for(by, draft.client, at=at), NOT_YOURS)
    phone, purpose = phone_for(draft), _purpose(draft)
    asked = codes.sent_since(phone, purpose, at - _RECENT)
    refuse_unless(bool(asked), _("还没有发验证码，或者发码以后内容改过。请再发一次，请他念新的验证码。"), field="code")
    if not codes.confirmed(phone, purpose, session_key=session_key, at=at):
        codes.check(phone, code, purpose, session_key=session_key, at=at)


@transaction.atomic
def file_for(draft: Draft, *, session_key: str, by: Any, at: datetime) -> Case:
    """File after the complainant's word by code, with nothing changed since."""
    draft = _fresh(draft, by, at)
    phone = phone_for(draft)
    agreed = codes.confirmed(phone, _purpose(draft), session_key=session_key, at=at)
    refuse_unless(agreed, _("要先请他念验证码；发码以后改过内容的，要重新发一次。"), field="code")
    mandate = _mandate(draft, by, at) if draft.channel == Channel.BROKER else None
    return file(_pledged(draft, by, at), phone=phone, by=by, at=at, mandate=mandate)


@transaction.atomic
def file_on_record(draft: Draft, record: UploadedFile, *, by: Any, at: datetime) -> Case:
    """File what somebody said at the window and signed; the photo of the signed record is kept as evidence."""
    draft = _fresh(draft, by, at)
    refuse_unless(draft.channel in (Channel.WINDOW, Channel.PHONE), _("请本人用验证码确认。"), field="record")
    draft.record = files.store(record, by=by, at=at, purpose=drafts.PURPOSE)
    draft.save(update_fields=["record"])
    pledged = _pledged(draft, by, at)
    return file(pledged, phone=phone_for(draft), by=by, at=at, proof=ProofOfWord.RECORD)


def phone_for(draft: Draft) -> str:
    """A client's number beyond doubt; what a caller said otherwise."""
    if draft.client is not None:
        return workers.services.proven_phone(draft.client)
    if draft.phone is None:
        raise Refusal(_("请填写投诉人的手机号。"), field="phone")
    return phones.clean(draft.phone.open())


def _fresh(draft: Draft, by: Any, at: datetime) -> Draft:
    """The draft as it is now, locked; it is its typist's only, and the broker's only while the mandate lives."""
    found = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, entered_by=by).first()
    refuse_unless(found is not None, _("这份投诉已经提交过了。"))
    require(policies.may_type_for(by, found.client, at=at), NOT_YOURS)
    return found


def _pledged(draft: Draft, by: Any, at: datetime) -> Draft:
    """The code's words, or the record that was signed, say that it is true."""
    refuse_unless(draft.client is None or draft.kind == Kind.COMPLAINT, _("替人办的只能是投诉；举报请本人来。"))
    return drafts.pledge(draft, by=by, at=at)


def _mandate(draft: Draft, by: Any, at: datetime) -> Mandate:
    live = Mandate.objects.live(at).filter(worker=draft.client, broker=by, scope__contains=[MandateScope.WAGES.value])
    return live.get()


def _purpose(draft: Draft) -> str:
    """This draft in this state: the moment of the last save is part of it."""
    return f"wages.for:{draft.pk}:{(draft.touched_at - _EPOCH) // _TICK:x}"
