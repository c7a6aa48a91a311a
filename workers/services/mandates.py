"""Mandates: a worker lets a broker act, for stated matters and a stated time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.policies import is_broker
from core import audit, outbox
from core.errors import Refusal, refuse_unless, require

from .. import policies
from ..enums import Evidence, MandateScope, Source
from ..models import Mandate, Worker
from .answering import reason_of
from .locking import hold
from .recording import record

# A proposal, not law: a mandate is renewed once a year.
LASTS = timedelta(days=365)


def grant_mandate(
    worker: Worker,
    broker: Any,
    *,
    scope: Iterable[str],
    evidence: Evidence,
    by: Any,
    at: datetime,
    reason: str = "",
    evidence_ref: str = "",
) -> Mandate:
    """The worker gives a mandate, or an official of the worker's place writes down one given at the counter.

    An official says why. A broker gives none: for him the worker's code speaks (`grant_by_code`).
    """
    require(policies.may_grant_mandate(by, worker), _("你不能替别人委托。"))
    _ask_officials_why(by, worker, reason)
    return make_mandate(
        worker, broker, scope=scope, evidence=evidence, by=by, at=at, reason=reason, evidence_ref=evidence_ref
    )


@transaction.atomic
def make_mandate(
    worker: Worker,
    broker: Any,
    *,
    scope: Iterable[str],
    evidence: Evidence,
    by: Any,
    at: datetime,
    reason: str = "",
    evidence_ref: str = "",
) -> Mandate:
    """Replace whatever mandate these two have. The callers above and beside have seen the worker's word.

    The person first, as every writer of the registry does: whoever acts under the old mandate asks for it behind that.
    Where the row was merged meanwhile, it is given for the row that is shown.
    """
    worker = hold(worker).shown
    refuse_unless(is_broker(broker), _("只能委托劳务经纪人。"))
    wanted = [item for item in MandateScope.values if item in set(scope)]
    refuse_unless(bool(wanted), _("请至少选一件委托的事。"), field="scope")
    Mandate.objects.filter(worker=worker, broker=broker, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                worker=worker,
                broker=broker,
                scope=wanted,
                evidence=evidence,
                evidence_ref=evidence_ref,
                granted_at=at,
                expires_at=at + LASTS,
            )
    except IntegrityError as error:
        raise Refusal(_("刚刚已经办好了委托，请刷新看看。")) from error
    audit.record(
        "workers.mandate",
        worker,
        by=by,
        at=at,
        reason=reason.strip(),
        mandate=mandate.pk,
        broker=broker.pk,
        scope=wanted,
    )
    record(worker, {"broker": broker.pk}, source=Source.COMPUTED, by=by, at=at)
    outbox.put("workers.mandate_granted", mandate, at=at)
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Any, at: datetime, reason: str = "") -> Mandate:
    """Either side ends it at once and without a reason; an official of the worker's place gives one that both read.

    What the broker is doing at this moment under it is either done before, or meets a mandate that has ended.
    """
    worker = _held(mandate)
    require(policies.may_end_mandate(by, mandate), _("你不能结束这项委托。"))
    _ask_officials_why(by, worker, reason)
    ended = Mandate.objects.filter(pk=mandate.pk, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    refuse_unless(bool(ended), _("这项委托已经结束了。"))
    audit.record("workers.mandate_ended", worker, by=by, at=at, reason=reason.strip(), mandate=mandate.pk)
    if worker.broker_id == mandate.broker_id:
        record(worker, {"broker": None}, source=Source.COMPUTED, by=by, at=at)
    if policies.is_official_of(by, worker):
        outbox.put("workers.mandate_ended", mandate, at=at)
    mandate.refresh_from_db()
    return mandate


def _held(mandate: Mandate) -> Worker:
    """The row that is shown, and the mandate, as both are once nobody else writes about the person."""
    worker = hold(mandate.worker).shown
    mandate.refresh_from_db()
    shown = mandate.worker.merged_into_id or mandate.worker_id
    refuse_unless(shown == worker.pk, _("这个人的登记刚刚被合并或拆分，请刷新看看。"))
    return worker


def _ask_officials_why(by: Any, worker: Worker, reason: str) -> None:
    if policies.is_official_of(by, worker):
        reason_of(reason)
