"""Changed or lost phones: filed by anybody who holds the new number, decided by officials of the district.

Taking over an account is worth a lie. So one official decides only where the registry itself says whose account it is;
where it does not, one proposes with a reason and another one decides.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import Refusal, refuse_unless, require
from core.transitions import move

from .. import devices, notices, phones, policies, sms, stepup
from ..enums import Comparison, RecoveryState
from ..locks import queue_for
from ..models import RecoveryRequest, User
from .people import end_sessions


@transaction.atomic
def file(
    *, name: str, id_last6: str, district: str, old_phone: str, new_phone: str, note: str, at: datetime
) -> RecoveryRequest:
    """File a request; `new_phone` was proved by a code. Says nothing about whether an account was found."""
    request = RecoveryRequest(
        name=name,
        id_last6=id_last6,
        district_id=district,
        old_phone=old_phone or None,
        new_phone=new_phone,
        new_phone_index=phones.index(new_phone),
        note=note or None,
        account=_account_of(old_phone),
        filed_at=at,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("这个手机号已有一份申请在办理，请等短信通知。")) from error
    audit.record("accounts.recovery_filed", request, by=None, at=at)
    text = _("换号找回申请 {ref} 已收到，工作人员核对后短信通知你。").format(ref=request.reference)
    sms.queue_or_note(new_phone, text, event="accounts.recovery_filed", ref=request.reference, at=at)
    return request


def _account_of(phone: str) -> User | None:
    if not phone:
        return None
    return User.objects.filter(phone_index=phones.index(phone), is_staff=False).first()


def find_account(typed: str) -> User | None:
    """The worker or broker whom an official named by phone number or account number."""
    people = User.objects.filter(is_staff=False)
    if typed.isdecimal() and len(typed) < 11:
        return people.filter(pk=int(typed)).first()
    return people.filter(phone_index=phones.index(typed)).first()


def compare(request: RecoveryRequest) -> Comparison:
    """What the registry says about the name and the digits that were typed."""
    if request.account is None:
        return Comparison.NO_ACCOUNT
    matches = stepup.identity_matches(request.account, request.name.open(), request.id_last6.open())
    return {True: Comparison.SAME, False: Comparison.DIFFERENT, None: Comparison.NOTHING_ON_FILE}[matches]


@transaction.atomic
def approve(request: RecoveryRequest, *, by: Any, at: datetime, reason: str) -> RecoveryRequest:
    """One official decides, because account and identity follow from the registry."""
    request = _locked(request, by)
    if request.state == RecoveryState.FILED:
        refuse_unless(
            compare(request) == Comparison.SAME, _("和登记对不上，须两名工作人员办理：请先提出，再由另一人审批。")
        )
    request = move(request, "approve", by=by, at=at, reason=reason, agrees=True, decided_at=at, decided_by=by)
    return _give_number(request, by=by, at=at)


@transaction.atomic
def propose(
    request: RecoveryRequest, *, by: Any, at: datetime, reason: str, account: User | None = None
) -> RecoveryRequest:
    """The first of two officials: whose account it is and how that was found out. `account` replaces what was found."""
    request = _locked(request, by)
    refuse_unless(bool(reason.strip()), _("请写明理由。"), field="reason")
    owner = _checked(account or request.account)
    request = move(request, "propose", by=by, at=at, reason=reason, account=owner, proposed_at=at, proposed_by=by)
    outbox.put("accounts.recovery_proposed", request, at=at)
    return request


@transaction.atomic
def confirm(request: RecoveryRequest, *, by: Any, at: datetime, reason: str) -> RecoveryRequest:
    """The second of two officials agrees."""
    request = move(_locked(request, by), "confirm", by=by, at=at, reason=reason, decided_at=at, decided_by=by)
    return _give_number(request, by=by, at=at)


@transaction.atomic
def refuse(request: RecoveryRequest, *, by: Any, at: datetime, reason: str) -> RecoveryRequest:
    """Say no, to the request or to a colleague's proposal, with the reason that the person gets to read."""
    request = _locked(request, by)
    refuse_unless(bool(reason.strip()), _("请写明理由。"), field="reason")
    request = move(request, "refuse", by=by, at=at, reason=reason, decided_at=at, decided_by=by)
    text = _("换号找回 {ref} 未通过：{reason}。可带身份证到区县人社窗口，或拨打 12333。")
    text = text.format(ref=request.reference, reason=reason[:20])
    new_phone = request.new_phone.open()
    sms.queue_or_note(new_phone, text, event="accounts.recovery_refused", ref=request.reference, at=at)
    return request


def _locked(request: RecoveryRequest, by: Any) -> RecoveryRequest:
    """The row as it is now, held until the end, if this official may decide about it."""
    fresh = RecoveryRequest.objects.select_for_update().get(pk=request.pk)
    require(policies.is_official(by), _("只有工作人员可以办理。"))
    require(fresh.proposed_by_id != by.pk, _("这是你提出的，须由另一名工作人员审批。"))
    require(policies.may_decide_recovery(by, fresh), _("只能办理本辖区的申请。"))
    return fresh


def _checked(owner: User | None) -> User:
    """The account, which there must be, which must be open and which must not be a desk's."""
    refuse_unless(owner is not None, _("请写明是哪一个账户。"), field="account")
    refuse_unless(not owner.is_staff, _("工作人员的账户由市级管理员处理。"), field="account")
    refuse_unless(owner.is_active, _("这个账户已经注销，不能换绑。"), field="account")
    return owner


def _give_number(request: RecoveryRequest, *, by: Any, at: datetime) -> RecoveryRequest:
    """The account gets its new number, is signed out everywhere, and both numbers are told."""
    queue_for(bytes(request.new_phone_index))
    # Held until the end: an account that is being closed is waited for.
    owner = _checked(User.objects.select_for_update().filter(pk=request.account_id).first())
    new, old = request.new_phone.open(), owner.phone.open() if owner.phone else ""
    _release(request.new_phone_index, owner, by=by, at=at)
    owner.phone, owner.phone_index = new, request.new_phone_index
    owner.phone_verified_at, owner.held_since = at, None
    owner.save(update_fields=["phone", "phone_index", "phone_verified_at", "held_since"])
    devices.forget_all(owner)
    end_sessions(owner)
    audit.record("accounts.phone_changed", owner, by=by, at=at, recovery=request.reference)
    outbox.put("accounts.phone_changed", owner, at=at)
    if old and old != new:
        text = _("你的渝工通账户已换绑手机号。如非本人办理，请立即拨打 12333。")
        sms.queue_or_note(old, text, event="accounts.phone_moved_away", ref=request.reference, at=at)
    text = _("换号找回 {ref} 已办好，请用新号码登录。").format(ref=request.reference)
    notices.send(owner, event="accounts.phone_changed", ref=request.reference, text=text, at=at)
    return request


def _release(index: bytes, owner: User, *, by: Any, at: datetime) -> None:
    """An account that the new number opened meanwhile gives the number up and is closed."""
    other = User.objects.select_for_update().filter(phone_index=index).exclude(pk=owner.pk).first()
    if other is None:
        return
    refuse_unless(not other.is_staff, _("新号码属于一名工作人员，不能换绑。"))
    other.phone = other.phone_index = other.phone_verified_at = None
    other.is_active = False
    other.save(update_fields=["phone", "phone_index", "phone_verified_at", "is_active"])
    end_sessions(other)
    audit.record("accounts.closed_for_recovery", other, by=by, at=at, kept=owner.pk)
