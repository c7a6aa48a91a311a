"""Erasing a person: asked for by the person, refused where the law keeps data, done by two officials.

What a person said and what was said of them is deleted with its statements, so that no outcome can be computed again;
the row is emptied and loses its blind indexes, so that nobody finds it; its number stays as a pseudonym for what refers
to it. The audit trail stays, because it may not be changed; it holds ids and codes.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Notice, PhoneCode, RecoveryRequest, SmsMessage, SmsQuestion, SmsReply
from accounts.policies import is_official
from core import audit, files, outbox, parameters
from core.calendar import add_workdays, local_day
from core.divisions import CITY
from core.errors import Refusal, refuse_unless, require
from core.models import StoredFile
from core.transitions import move

from .. import policies, values
from ..disputes.filing import office_of
from ..enums import Source
from ..feeds.lock import ImportRunning, one_at_a_time
from ..indicators import INDICATORS
from ..models import (
    ContactGrant,
    Dispute,
    ErasureRequest,
    JobIntent,
    Merge,
    MergeLink,
    Provenance,
    Statement,
    TwinPair,
    Worker,
)
from ..services.answering import reason_of, refuse_request
from ..services.standing import group_of
from . import previews, registry
from .closing import end_what_was_allowed, shut
from .numbers import messages_of

WORKDAYS = "workers.erasure_workdays"


def reasons_against(worker: Worker, *, at: datetime) -> list[str]:
    """Why the data must stay for now; empty when nothing forbids erasing it."""
    return [found.reason for found in registry.holds(worker, at)]


@transaction.atomic
def file(worker: Worker, *, by: Any, at: datetime) -> ErasureRequest:
    """The person asks. Refused at once, with every reason, where the law keeps the data (PIPL arts 47, 50)."""
    require(policies.is_self(by, worker), _("只有本人可以申请删除。"))
    against = reasons_against(worker, at=at)
    refuse_unless(not against, " ".join(against))
    due = add_workdays(local_day(at), parameters.get(WORKDAYS, on=local_day(at)).number)
    request = ErasureRequest(
        worker=worker, district=office_of(worker, Source.HUMAN_RESOURCES) or CITY, filed_at=at, due_on=due.day
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("已经有一份删除申请在办理。")) from error
    audit.record("workers.erasure_filed", request, by=by, at=at)
    return request


def withdraw(request: ErasureRequest, *, by: Any, at: datetime) -> ErasureRequest:
    """Until the second official has confirmed, the person can change their mind."""
    require(policies.is_self(by, request.worker), _("只有本人可以撤回。"))
    with transaction.atomic():
        withdrawn = move(request, "withdraw", by=by, at=at)
        outbox.put("workers.erasure_withdrawn", withdrawn, at=at)
    return withdrawn


def may_decide(user: Any, request: ErasureRequest) -> bool:
    """Officials of the district, but nobody about themselves; whoever proposed leaves the rest to another."""
    may = is_official(user) and user.covers(request.district) and not policies.is_about(user, request.worker)
    return may and request.proposed_by_id != user.pk


@transaction.atomic
def propose(request: ErasureRequest, *, by: Any, at: datetime, reason: str) -> ErasureRequest:
    """The first official has looked: nothing forbids it."""
    why = reason_of(reason, _("请写明核对了什么。"))
    fresh = _held(request, by)
    _refuse_if_kept(fresh.worker, at)
    return move(fresh, "propose", by=by, at=at, reason=why, proposed_at=at, proposed_by=by)


@transaction.atomic
def confirm(request: ErasureRequest, *, by: Any, at: datetime) -> ErasureRequest:
    """The second official agrees, and it is done. Nothing brings it back."""
    _hold_imports()  # before the person's rows, which a file that is being written may hold for minutes
    fresh = _held(request, by)
    _refuse_if_kept(fresh.worker, at)
    done = move(fresh, "confirm", by=by, at=at, decided_at=at, decided_by=by)
    erase(done.worker, by=by, at=at)
    outbox.put("workers.erasure_done", done, at=at)
    return done


@transaction.atomic
def refuse(request: ErasureRequest, *, by: Any, at: datetime, reason: str) -> ErasureRequest:
    """No, with the reason that the person reads."""
    why = reason_of(reason)
    return refuse_request(_held(request, by), why, topic="workers.erasure_refused", by=by, at=at)


def _held(request: ErasureRequest, by: Any) -> ErasureRequest:
    """The person first, as every writer of the registry does, with all rows that `erase` asks for; then the request."""
    _locked(request.worker)
    fresh = ErasureRequest.objects.select_for_update(of=("self",)).select_related("worker__user").get(pk=request.pk)
    require(fresh.proposed_by_id != getattr(by, "pk", None), _("这是你提出的，须由另一名工作人员审批。"))
    require(may_decide(by, fresh), _("只能办理本辖区的申请。"))
    return fresh


def _refuse_if_kept(worker: Worker, at: datetime) -> None:
    against = reasons_against(worker, at=at)
    refuse_unless(not against, " ".join(against))


def erase(worker: Worker, *, by: Any, at: datetime) -> None:
    """Empty every row of this person and close the account. Call it in the transaction of its decision.

    Nothing is imported meanwhile: a file that was compared before would write the person down again.
    """
    _hold_imports()
    worker, rows = _held_group(worker)
    registry.erase_elsewhere(worker, at)
    _forget_what_was_said(rows)
    _forget_files(rows)
    previews.forget(rows)
    end_what_was_allowed(rows, by=by, at=at)
    ContactGrant.objects.filter(worker__in=rows).delete()
    TwinPair.objects.filter(Q(worker_a__in=rows) | Q(worker_b__in=rows)).delete()
    merges = Merge.objects.filter(Q(survivor__in=rows) | Q(loser__in=rows))
    MergeLink.objects.filter(merge__in=merges).delete()
    merges.update(before={})
    account = worker.user
    _empty(rows)
    if account is not None:
        _forget_account(account, by=by, at=at)
    audit.record("workers.erased", worker, by=by, at=at, rows=len(rows))


def _hold_imports() -> None:
    try:
        with connection.cursor() as cursor:
            one_at_a_time(cursor)
    except ImportRunning as busy:
        raise Refusal(_("正在写入部门数据，写完之前不能删除。没有删除任何内容，请过一会儿再试。")) from busy


def _held_group(worker: Worker) -> tuple[Worker, list[int]]:
    """The row that is shown, and the ids of all its group, locked in the order of their ids as a merge locks them."""
    locked = _locked(worker)
    shown = locked[worker.pk]
    same = shown.merged_into_id is None and set(group_of(shown)) == set(locked)
    refuse_unless(same, _("这个人的登记刚刚被合并或拆分，没有删除任何内容，请重新核对。"))
    return shown, list(locked)


def _locked(worker: Worker) -> dict[int, Worker]:
    held = Worker.everyone.select_for_update(of=("self",)).filter(pk__in=group_of(worker)).order_by("pk")
    return {row.pk: row for row in held}


def _forget_what_was_said(rows: list[int]) -> None:
    for model in (Statement, Provenance, JobIntent):
        found = model.objects.filter(worker__in=rows)
        found._raw_delete(found.db)  # nothing refers to them, and a statement has no key to collect by


def _forget_files(rows: list[int]) -> None:
    disputes = Dispute.objects.filter(worker__in=rows)
    kept = list(StoredFile.objects.filter(pk__in=disputes.values("photo")))
    disputes.delete()
    StoredFile.objects.filter(pk__in=[one.pk for one in kept]).delete()
    transaction.on_commit(lambda: [files.path_of(one).unlink(missing_ok=True) for one in kept])


def _empty(rows: list[int]) -> None:
    """Every column of every indicator as on a row that was never filled, and no index by which it could be found."""
    columns = {column for row in INDICATORS for column in row.columns}
    blank = {column: values.empty(column) for column in columns}
    blank |= {"name_pinyin": "", "id_number_index": None, "mobile_index": None, "user": None, "broker_id": None}
    Worker.everyone.filter(pk__in=rows).update(**blank)


def _forget_account(user: Any, *, by: Any, at: datetime) -> None:
    """What went to the number before this account proved it may be another person's, and stays theirs."""
    # Messages first: the one that carried the code to prove the number is found by its code.
    said = ((SmsReply, "received_at"), (SmsQuestion, "asked_at"))
    for model, moment in ((SmsMessage, "created_at"), (PhoneCode, "sent_at"), (Notice, "created_at"), *said):
        messages_of(user, model, moment).delete()
    messages_of(user, RecoveryRequest, "filed_at", index="new_phone_index").delete()
    RecoveryRequest.objects.filter(account=user).delete()
    shut(user, by=by, at=at)
