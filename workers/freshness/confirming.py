"""The worker's yes or no to a broker's update: the code read out to the broker, or one tap on the worker's own page."""

import hmac
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.codes import digits
from core import outbox
from core.calendar import local_day
from core.errors import Refusal, refuse_unless, require
from core.transitions import move

from .. import policies
from ..enums import Source
from ..models import BrokerUpdate, JobIntent, UpdateState, Worker
from ..models.broker_update import TRIES
from ..services import intents
from ..services.locking import hold
from ..services.provenance import Book
from ..services.recording import record
from ..services.retracting import retract_act
from .evidence import WISH, code_digest, digest_of, values_of, wish_words
from .updating import NO_MANDATE

WRONG = gettext_lazy("验证码不对，请看最新一条短信。")
OVER = gettext_lazy("这个验证码已失效。请再更新一次，或请他在“我的”里确认。")


class Overtaken(Refusal):
    """Somebody said something else about one of the values after the worker was asked."""


def by_code(update: BrokerUpdate, typed: str, *, by: Any, at: datetime) -> BrokerUpdate:
    """The broker types what the worker read out. Call it outside of any transaction: each try counts."""
    _require_broker(update, by, at)
    with transaction.atomic(durable=True):
        open_ones = BrokerUpdate.objects.waiting(at).filter(pk=update.pk, tries__lt=TRIES, code_digest__isnull=False)
        if not open_ones.update(tries=F("tries") + 1):
            raise Refusal(OVER, field="code")
    update = BrokerUpdate.objects.get(pk=update.pk)
    expected = code_digest(update.uuid, bytes(update.digest), digits(typed))
    if not hmac.compare_digest(bytes(update.code_digest), expected):
        raise Refusal(WRONG, field="code")
    return _confirm(update, by=by, at=at)


def by_hand(update: BrokerUpdate, *, by: Any, at: datetime) -> BrokerUpdate:
    """都对: the worker confirms on their own page."""
    require(policies.is_self(by, update.worker), _("只有本人可以确认。"))
    return _confirm(update, by=by, at=at)


def _require_broker(update: BrokerUpdate, by: Any, at: datetime) -> None:
    require(by == update.broker, NO_MANDATE)
    require(policies.may_update(by, update.worker, at=at), NO_MANDATE)


def _confirm(update: BrokerUpdate, *, by: Any, at: datetime) -> BrokerUpdate:
    """Exactly what was asked, as it stood; otherwise the question is closed without any effect on values."""
    with transaction.atomic():
        row, fresh = _held(update)
        # Asked again behind the lock that ending a mandate takes, too.
        require(policies.may_update(by, row, at=at), NO_MANDATE)
        refuse_unless(fresh.expires_at > at, _("已经过了确认的期限，内容仍按劳务经纪人录入的算。"))
        if digest_of(row, fresh.acts[-1], fresh.numbers, fresh.wish) == bytes(fresh.digest):
            done = move(fresh, "confirm", by=by, at=at, decided_at=at, decided_by=by)
            record(row, values_of(row, fresh), source=Source.BROKER_CONFIRMED, by=by, at=at)
            outbox.put("workers.broker_update_confirmed", done, at=at)
            return done
        move(fresh, "overtake", by=by, at=at, decided_at=at, decided_by=by)
    raise Overtaken(_("这些内容后来又有人改过，这次确认没有算数。请看看现在的内容。"), field="code")


@transaction.atomic
def deny(update: BrokerUpdate, *, by: Any, at: datetime) -> BrokerUpdate:
    """有不对的: what the broker said is dropped, and whatever was said before or beside it stands again.

    What the same broker said earlier about these values, and nobody said yes or no to, goes with it: it would stand
    again otherwise. Whatever else was said at those times was not asked about now and stays the broker's word.
    """
    require(policies.is_self(by, update.worker), _("只有本人可以这样做。"))
    row, fresh = _held(update)
    denied = move(fresh, "deny", by=by, at=at, decided_at=at, decided_by=by)
    same = Q(worker=fresh.worker_id, broker=fresh.broker_id, numbers__overlap=fresh.numbers)
    unanswered = BrokerUpdate.objects.unanswered(at).filter(same).values_list("acts", flat=True)
    for act in sorted({*fresh.acts, *(one for acts in unanswered for one in acts)}, reverse=True):
        retract_act(row, act, numbers=fresh.numbers, by=by, at=at)
    _restore_wish(row, fresh, at)
    outbox.put("workers.broker_update_denied", denied, at=at)
    return denied


def _held(update: BrokerUpdate) -> tuple[Worker, BrokerUpdate]:
    """The person first, as every writer of the registry does, then the update."""
    row = hold(Worker.everyone.get(pk=update.worker_id)).shown
    fresh = BrokerUpdate.objects.select_for_update().get(pk=update.pk)
    return row, fresh


def _restore_wish(row: Worker, update: BrokerUpdate, at: datetime) -> None:
    """The wish as it was before, with its source; unless somebody has changed it since."""
    if "before" not in update.wish or update.wish["after"] != wish_words(row):
        return
    before = update.wish["before"]
    if before is None:
        JobIntent.objects.filter(worker=row).delete()
    else:
        days = {name: before[name] and date.fromisoformat(before[name]) for name in ("available_on", "verified_on")}
        JobIntent.objects.filter(worker=row).update(**{**before, **days})
        intents.follow(row, at=at)
    book = Book(row, source=Source.WORKER, day=local_day(at), at=at)
    book.attribute(WISH, *update.wish["stood"])
    book.rewrite()


def open_for(worker: Worker, at: datetime) -> list[BrokerUpdate]:
    """What waits for this worker's answer, the newest first."""
    rows = BrokerUpdate.objects.waiting(at).filter(worker=worker).select_related("broker")
    return list(rows.order_by("-made_at", "-pk"))


def is_open(update: BrokerUpdate, at: datetime) -> bool:
    return update.state == UpdateState.WAITING and update.expires_at > at
