"""A broker brings one person's information up to date, and the worker is asked once whether it is right."""

import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import CODE_DIGITS
from accounts.models import User
from accounts.notices import recipient_of
from accounts.sms.queueing import queue_or_note
from core import outbox, parameters
from core.calendar import local_day
from core.errors import refuse_unless, require
from core.transitions import move

from .. import policies
from ..enums import MandateScope, Source
from ..held import is_phone_brokers
from ..indicators import BY_CODE
from ..models import Act, BrokerUpdate, JobIntent, Provenance, Statement, UpdateState, Worker
from ..models.broker_update import TRIES
from ..services import intents
from ..services.locking import hold
from ..services.recording import Recorded, record
from ..services.standing import cached
from .evidence import WISH, code_digest, digest_of, plain, values_of, wish_words
from .wording import message

EVENT = "workers.broker_update"
HOURS, PER_DAY = "workers.confirm_hours", "workers.confirm_sms_per_day"
NO_MANDATE = gettext_lazy("没有这位农民工的有效委托，不能代为修改。")


@dataclass(frozen=True)
class Saved:
    """What became of the values, the update that now waits (None: nothing new), and whether a code went out."""

    outcome: Recorded
    update: BrokerUpdate | None
    sent: bool


@transaction.atomic
def state(worker: Worker, stated: dict[str, Any], *, by: Any, at: datetime) -> Saved:
    """State the values as the broker's, together with what still waits of them, and ask the worker by one message."""
    require(policies.may_act_for(by, worker, MandateScope.PROFILE, at=at), NO_MANDATE)
    refuse_unless(bool(stated), _("没有要更新的内容。"))
    row = hold(worker).shown
    waiting = BrokerUpdate.objects.filter(worker=row, broker=by, state=UpdateState.WAITING).first()
    joined = waiting if waiting is not None and waiting.expires_at > at else None
    together = {**_still(row, joined), **stated}
    wish = _wish_before(row, by, at) if WISH.code in together else {}
    asked_already = joined is not None and joined.wish.get("asked") == plain(together.get(WISH.code, {}))
    said = {code: value for code, value in together.items() if code != WISH.code or not asked_already}
    outcome = record(
        row, said, source=Source.BROKER, by=by, at=at, anew=_has_gone_unanswered(row, together, by=by, at=at)
    )
    act = _act_of(row, by, at)
    if act is None:  # all of it was said today already, and waits for an answer or has one
        if joined is None or joined.tries < TRIES:
            return Saved(outcome, joined, sent=False)
        # Its code is used up: the same question with a new one.
        act = Act.objects.get(pk=joined.acts[-1])
        together = {code: value for code, value in together.items() if BY_CODE[code].number in joined.numbers}
    if waiting is not None:
        move(waiting, "join" if joined else "lapse", by=by, at=at)
    update = _ask(row, joined, act, together, wish, by=by, at=at)
    outbox.put("workers.broker_update", update, at=at)
    return Saved(outcome, update, sent=update.sent_at is not None)


def _still(row: Worker, joined: BrokerUpdate | None) -> dict[str, Any]:
    """What the broker wrote before and nobody has answered; a wish that stood only as long as it still does."""
    if joined is None:
        return {}
    values = values_of(row, joined)
    if not joined.wish.get("asked") and joined.wish.get("after") != wish_words(row):
        values.pop(WISH.code, None)
    return values


def _has_gone_unanswered(row: Worker, stated: dict[str, Any], *, by: Any, at: datetime) -> bool:
    """Whether this broker has no question open about one of the values today, and no answer to one either."""
    mine = BrokerUpdate.objects.filter(worker=row, broker=by, made_at__gte=_midnight(at)).order_by("pk")
    closed = set(mine.unanswered(at).values_list("pk", flat=True))
    newest = {number: pk for pk, numbers in mine.values_list("pk", "numbers") for number in numbers}
    return not {newest.get(BY_CODE[code].number) for code in stated}.isdisjoint({None, *closed})


def _wish_before(row: Worker, by: Any, at: datetime) -> dict[str, Any]:
    """What a no has to restore: the wish has no statements. As it was before anything that nobody has answered."""
    mine = BrokerUpdate.objects.filter(worker=row, broker=by, numbers__contains=[WISH.number])
    last = (mine.waiting(at) | mine.unanswered(at)).order_by("-pk").first()
    held, place = JobIntent.objects.filter(worker=row).first(), WISH.number - 1
    said = Provenance.objects.filter(worker=row).first()
    stems = last is not None and said is not None and said.acts and said.acts[place] in last.acts
    if stems and last.wish.get("after") == wish_words(row):
        return {"before": last.wish["before"], "stood": last.wish["stood"]}
    names = (*intents.STATED, "verified_on")
    return {
        "before": {name: getattr(held, name) for name in names} if held else None,
        "stood": [said.sources[place], said.observed[place], (said.acts or {place: 0})[place]] if said else [0, 0, 0],
    }


def _act_of(row: Worker, by: Any, at: datetime) -> Act | None:
    """The act that `record` has just written; its row is locked, so no other of this moment can be meant."""
    acts = Statement.objects.filter(worker=row, at=at).values("act")
    return Act.objects.filter(pk__in=acts, source=Source.BROKER, actor_id=by.pk).order_by("-pk").first()


def _ask(
    row: Worker,
    joined: BrokerUpdate | None,
    act: Act,
    stated: dict[str, Any],
    before: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> BrokerUpdate:
    row = Worker.everyone.get(pk=row.pk)  # as it was just written
    numbers = sorted(BY_CODE[code].number for code in stated)
    wish = _wish(row, act, stated[WISH.code], before) if WISH.code in stated else {}
    update = BrokerUpdate(
        worker=row,
        broker=by,
        acts=[*(one for one in (joined.acts if joined else ()) if one != act.pk), act.pk],
        numbers=numbers,
        wish=wish,
        digest=digest_of(row, act.pk, numbers, wish),
        made_at=at,
        expires_at=at + timedelta(hours=parameters.get(HOURS, on=local_day(at)).number),
    )
    number = phone_of(row)
    if number and _may_be_sent(row, at):
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        update.sent_at, update.code_digest = at, code_digest(update.uuid, update.digest, code)
        words = message(by.display_name, numbers, code)
        queue_or_note(number, words, event=EVENT, ref=str(update.uuid), at=at)
    update.save(force_insert=True)
    return update


def _wish(row: Worker, act: Act, stated: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """What a no needs where the broker's wish stands, what a yes needs where a weightier one does."""
    stands = cached(row, Provenance.objects.get(worker=row), WISH)
    if stands is not None and stands.act == act.pk:
        return {**before, "after": wish_words(row)}
    return {"asked": plain(stated)}


def _may_be_sent(row: Worker, at: datetime) -> bool:
    """Counted over the updates themselves; the worker's row is held, so two brokers at once are one after the other."""
    most = parameters.get(PER_DAY, on=local_day(at)).number
    return BrokerUpdate.objects.filter(worker=row, sent_at__gte=_midnight(at)).count() < most


def _midnight(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(local_day(at), time.min))


def phone_of(row: Worker) -> str:
    """The number that is the worker's beyond doubt: the account's, else one that no broker wrote down; else none."""
    found = recipient_for(row)
    if isinstance(found, User):
        return found.phone.open() if found.phone else ""
    return found or ""


def recipient_for(row: Worker) -> User | str | None:
    """The worker's account, or such a number, or nobody whom a message would reach."""
    found = recipient_of(user=row.user, phone=row.mobile)
    return None if isinstance(found, str) and is_phone_brokers(row) else found
