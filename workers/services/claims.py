"""A mandate signed on paper: the broker hands in its photo, an official of the place looks, the worker can say no.

Nothing is allowed before the official has looked, and the worker hears at once that somebody claims a mandate.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.policies import is_broker, is_official
from core import audit, files, outbox, parameters
from core.calendar import add_workdays, local_day
from core.errors import Refusal, refuse_unless, require
from core.transitions import move

from .. import policies
from ..disputes.filing import office_of
from ..enums import Evidence, MandateScope, Source
from ..models import ClaimState, Mandate, MandateClaim, Worker
from . import lookups
from .answering import reason_of, refuse_request
from .locking import hold
from .mandate_codes import DAY, PHONES_LIMIT
from .mandates import make_mandate
from .sightings import note_viewed

PURPOSE = "workers.mandate_paper"
WORKDAYS = "workers.paper_mandate_workdays"


def file(
    typed: str, full_name: str, *, scope: Iterable[str], photo: UploadedFile | None, by: Any, at: datetime
) -> MandateClaim:
    """The broker names the worker by a number and the name on the paper; finding the person is counted as a search.

    The search stays on record when nobody was found: it is committed before the rest.
    """
    require(is_broker(by), _("只有劳务经纪人可以提交委托书。"))
    wanted = [item for item in MandateScope.values if item in set(scope)]
    refuse_unless(bool(wanted), _("请至少选一件委托的事。"), field="scope")
    refuse_unless(photo is not None, _("请拍下或选择委托书的照片。"), field="photo")
    worker = _signer(typed, full_name, by, at)
    with transaction.atomic():
        return _filed(worker, wanted, photo, by, at)


def _signer(typed: str, full_name: str, by: Any, at: datetime) -> Worker:
    kind, _key = lookups.key_of(typed.strip()[: lookups.LONGEST])
    refuse_unless(bool(kind), _("请输入完整的手机号、身份证号或编号。"), field="number")
    try:
        found = lookups.find(typed, by=by, at=at)
    except Refusal as no:
        raise Refusal(no.message, field="number") from no
    named = [row for row in (*found.own, *found.others) if row.full_name == full_name.strip()]
    if len(named) != 1:
        text = _("本地没有找到这位农民工，号码和姓名要和登记的一样。请他先登录登记，或一起到区县人社窗口。")
        raise Refusal(text, field="number")
    return named[0]


def _filed(worker: Worker, wanted: list[str], photo: UploadedFile, by: Any, at: datetime) -> MandateClaim:
    worker = hold(worker).shown  # merged meanwhile, perhaps
    _refuse_flood(worker, by, at)
    claim = MandateClaim(
        worker=worker,
        broker=by,
        scope=wanted,
        district=office_of(worker, Source.HUMAN_RESOURCES),
        photo=files.store(photo, by=by, at=at, purpose=PURPOSE),
        filed_at=at,
        **clock(at),
    )
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("他的委托书已经提交过一份，正在核对。")) from error
    audit.record("workers.claim_filed", claim, by=by, at=at, scope=wanted)
    audit.record("workers.claim_filed", worker, by=by, at=at, claim=claim.pk, scope=wanted)
    outbox.put("workers.claim_filed", claim, at=at)
    return claim


def clock(at: datetime) -> dict[str, Any]:
    """By when a paper that officials have from now on is looked at, and by which rule."""
    rule = parameters.get(WORKDAYS, on=local_day(at))
    due = add_workdays(local_day(at), rule.number)
    return {"due_on": due.day, "due_provisional": due.provisional, "rule": rule.version}


def _refuse_flood(worker: Worker, by: Any, at: datetime) -> None:
    """Each paper is a message to somebody who may never have heard of the broker: few in a day whoever hands them in,
    and none of a broker whom the worker has contradicted. Counted behind the lock of the worker's row."""
    claims = MandateClaim.objects.filter(worker=worker)
    denied = claims.filter(broker=by, state=ClaimState.OBJECTED).exists()
    refuse_unless(not denied, _("他否认过你提交的委托书，请用短信验证码委托，或一起到区县人社窗口。"), field="number")
    most = parameters.get(PHONES_LIMIT, on=local_day(at)).number
    refuse_unless(
        claims.filter(filed_at__gt=at - DAY).count() < most,
        _("今天已经有人替他提交过 {n} 次委托书，请明天再试，或一起到区县人社窗口。").format(n=most),
        field="number",
    )


def may_decide(user: Any, claim: MandateClaim) -> bool:
    """An official of the district, but nobody about themselves."""
    return is_official(user) and user.covers(claim.district) and not policies.is_about(user, claim.worker)


@transaction.atomic
def note_reading(claim: MandateClaim, *, by: Any, at: datetime) -> None:
    """Opening the paper of a person is seeing that person."""
    require(may_decide(by, claim), _("这份委托书不归你核对。"))
    note_viewed(claim.worker, by=by, at=at, purpose=_("核对纸质委托书"))


@transaction.atomic
def accept(claim: MandateClaim, *, by: Any, at: datetime, reason: str) -> MandateClaim:
    """The paper is in order: from now on the mandate is live, for as long as one by SMS code."""
    why = reason_of(reason, _("请写明怎么核对的，本人能看到。"))
    fresh = _held(claim, by)
    refuse_unless(not _has_ended(fresh), _("提交之后，本人结束了给他的委托。这份委托书不能再生效，请选“不通过”。"))
    done = move(fresh, "accept", by=by, at=at, reason=why, decided_at=at, decided_by=by)
    make_mandate(
        done.worker,
        done.broker,
        scope=done.scope,
        evidence=Evidence.SIGNED_PAPER,
        evidence_ref=done.reference,
        by=by,
        at=at,
        reason=why,
    )
    return done


@transaction.atomic
def refuse(claim: MandateClaim, *, by: Any, at: datetime, reason: str) -> MandateClaim:
    """No; the broker and the worker read why."""
    why = reason_of(reason, _("请写明怎么核对的，本人能看到。"))
    return refuse_request(_held(claim, by), why, topic="workers.claim_refused", by=by, at=at)


def object_to(claim: MandateClaim, *, by: Any, at: datetime) -> MandateClaim:
    """我没有签过: the worker says no, at once and without a reason."""
    require(policies.is_self(by, claim.worker), _("只有本人可以否认。"))
    with transaction.atomic():
        done = move(claim, "object", by=by, at=at, decided_at=at, decided_by=by)
        outbox.put("workers.claim_objected", done, at=at)
        return done


def withdraw(claim: MandateClaim, *, by: Any, at: datetime) -> MandateClaim:
    """The broker takes it back."""
    require(by == claim.broker, _("只能撤回自己提交的委托书。"))
    return move(claim, "withdraw", by=by, at=at, decided_at=at, decided_by=by)


def _has_ended(claim: MandateClaim) -> bool:
    """Whoever signs, and later ends what the broker may do, has ended what the paper allows, too."""
    theirs = Mandate.objects.filter(worker=claim.worker, broker=claim.broker)
    newest = theirs.order_by("-granted_at", "-pk").first()
    if newest is None or newest.ended_at is None or newest.ended_at < claim.filed_at:
        return False
    return newest.ended_by_id == claim.worker.user_id


def _held(claim: MandateClaim, by: Any) -> MandateClaim:
    """The person first, as every writer of the registry does, then the paper."""
    hold(claim.worker)
    fresh = MandateClaim.objects.select_for_update(of=("self",)).select_related("worker", "broker").get(pk=claim.pk)
    require(may_decide(by, fresh), _("只能核对本辖区的委托书，也不能核对自己的。"))
    return fresh
