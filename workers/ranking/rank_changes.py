"""A change of ranks from its asking to its effect: weighed in the background, confirmed by a person, written at once.

Undoing is another change that sets the ranks back: what is shown is a function of statements and ranks, so nothing
else has to be remembered.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import Refusal, refuse_unless, require
from core.long_work import take_time
from core.transitions import AlreadyMoved

from .. import policies
from ..enums import Source
from ..feeds.lock import ImportRunning, held, one_at_a_time
from ..feeds.reading.profiles import NAMES
from ..feeds.writing import settling
from ..indicators import INDICATORS, Indicator
from ..models import Precedence, RankChange, RankState
from ..texts import has_text
from ..twins.regrouping import restand
from . import reranking

TOPIC = "workers.ranks_waiting"
WORK = (RankState.WEIGHING, RankState.APPLYING)
LOWEST, HIGHEST = 1, 100
_LOCK_SPACE = 0x72616E6B
_PEOPLE = (Source.WORKER, Source.BROKER_CONFIRMED, Source.BROKER, Source.COMPUTED)
_BY_NUMBER = {indicator.number: indicator for indicator in INDICATORS}


def changeable(indicator: Indicator) -> bool:
    """Sealed values, wishes and what the portal notes about itself are outside the function of statements."""
    return has_text(indicator)


def sources_of(indicator: Indicator) -> list[Source]:
    """Who may ever state it: departments first, the portal itself last."""
    return [source for source in (*NAMES, *_PEOPLE) if indicator.is_updated_by(source)]


def present(indicator: Indicator) -> dict[int, int]:
    """The rank of each source now."""
    rows = Precedence.objects.filter(indicator=indicator.number)
    return dict(rows.order_by("source").values_list("source", "rank"))


def ask(indicator: Indicator, ranks: Mapping[int, int], *, reason: str, by: Any, at: datetime) -> RankChange:
    """Have the effect of new ranks weighed. Raises `Refusal` where nothing would be new or another change is open."""
    require(policies.may_set_precedence(by), _("只有市级工作人员可以改优先级。"))
    refuse_unless(changeable(indicator), _("“{label}”不按优先级显示，不能改。").format(label=indicator.label))
    refuse_unless(bool(reason.strip()), _("请写明理由。"), field="reason")
    before, may_state = present(indicator), set(sources_of(indicator))
    new = {int(source): rank for source, rank in ranks.items() if before.get(int(source)) != rank}
    refuse_unless(bool(new), _("等级和现在一样，没有改动。"))
    for source, rank in new.items():
        refuse_unless(source in may_state, _("这个来源不提供“{label}”。").format(label=indicator.label))
        refuse_unless(LOWEST <= rank <= HIGHEST, _("等级从 1 到 100。"), field=f"source_{source}")
    with transaction.atomic():
        try:
            with transaction.atomic():
                change = RankChange.objects.create(
                    indicator=indicator.number, ranks=new, before=before, reason=reason, asked_by=by, asked_at=at
                )
        except IntegrityError as error:
            raise Refusal(_("“{label}”已有一个没办完的改动。").format(label=indicator.label)) from error
        audit.record("workers.ranks_asked", change, by=by, at=at, reason=reason, indicator=indicator.number, ranks=new)
        outbox.put(TOPIC, change, at=at)
    return change


def confirm(change: RankChange, *, by: Any, at: datetime) -> RankChange:
    """A person has read what would change and wants it."""
    return _step(change, RankState.APPLYING, "workers.ranks_confirmed", by=by, at=at)


def drop(change: RankChange, *, by: Any, at: datetime) -> RankChange:
    """A weighed change is not wanted."""
    return _step(change, RankState.DROPPED, "workers.ranks_dropped", by=by, at=at)


def expire(change: RankChange, *, by: None, at: datetime) -> RankChange:
    """Nobody decided about a weighed change in time: the portal drops it."""
    return _moved(change, RankState.DROPPED, "workers.ranks_expired", by=by, at=at)


def _step(change: RankChange, after: str, verb: str, *, by: Any, at: datetime) -> RankChange:
    require(policies.may_set_precedence(by), _("只有市级工作人员可以改优先级。"))
    return _moved(change, after, verb, by=by, at=at)


@transaction.atomic
def _moved(change: RankChange, after: str, verb: str, *, by: Any, at: datetime) -> RankChange:
    """The sample of the preview holds values of people, so it goes with it."""
    moved = RankChange.objects.filter(pk=change.pk, state=RankState.WEIGHED).update(state=after, message="")
    change = RankChange.objects.get(pk=change.pk)
    if not moved:
        raise AlreadyMoved(_("这项改动现在是“{state}”，不能这样办理。").format(state=change.get_state_display()))
    change.counts = {name: found for name, found in change.counts.items() if name != "sample"}
    change.save(update_fields=["counts"])
    audit.record(verb, change, by=by, at=at, indicator=change.indicator)
    if after in WORK:
        outbox.put(TOPIC, change, at=at)
    return change


def waiting() -> list[int]:
    """Changes that wait for work, oldest first."""
    return list(RankChange.objects.filter(state__in=WORK).order_by("pk").values_list("pk", flat=True))


def run(change_id: int, *, now: Callable[[], datetime]) -> RankChange | None:
    """Do whatever the change waits for; None when somebody else is at it."""
    with held(_LOCK_SPACE, change_id) as mine:
        if not mine:
            return None
        change, at = RankChange.objects.get(pk=change_id), now()
        try:
            if change.state == RankState.WEIGHING:
                _weigh(change, at)
            elif change.state == RankState.APPLYING:
                _apply(change, at)
        except ImportRunning as busy:
            _note(change, at, message=busy.message[:300])
        except OperationalError:  # the lock was not to be had, or the database went away; nothing was written
            _note(change, at, message=_("登记正忙，这项改动稍后自动继续。"))
        except Refusal as no:
            _note(change, at, state=RankState.FAILED, message=no.message[:300])
        return RankChange.objects.get(pk=change_id)


def _note(change: RankChange, at: datetime, **columns: Any) -> None:
    RankChange.objects.filter(pk=change.pk).update(heartbeat_at=at, **columns)


def _weigh(change: RankChange, at: datetime) -> None:
    """Count in a transaction that is rolled back, under the very ranks and the very rule that will be written."""
    indicator = _BY_NUMBER[change.indicator]
    with transaction.atomic():
        with connection.cursor() as cursor:
            take_time(cursor)
            reranking.set_ranks(indicator, _by_source(change.ranks))
            found = reranking.preview(cursor, indicator)
        transaction.set_rollback(True)
    _note(change, at, state=RankState.WEIGHED, counts=found)


def _apply(change: RankChange, at: datetime) -> None:
    """Ranks, shown values, state and audit in one transaction.

    A save that read the old ranks may end while we settle. So in the end whoever reads ranks has to wait a moment, and
    what was stated meanwhile is settled too.
    """
    indicator = _BY_NUMBER[change.indicator]
    with transaction.atomic(), connection.cursor() as cursor:
        one_at_a_time(cursor)
        take_time(cursor)
        locked = dict(
            Precedence.objects.select_for_update()
            .filter(indicator=change.indicator)
            .order_by("source")
            .values_list("source", "rank")
        )
        refuse_unless(locked == _by_source(change.before), _("优先级在这期间已被改动，请重新提出。"))
        reranking.set_ranks(indicator, _by_source(change.ranks))
        newest = reranking.newest_act(cursor)
        reranking.find(cursor, indicator)
        settled = settling.settle(cursor, at=at)
        groups = reranking.changing(indicator, reranking.grouped(cursor, indicator))
        restand([row.pk for row, _held, _best in groups], at=at)
        # Whoever saves queues behind this request, so it gives up soon and the change is taken up again.
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute("LOCK TABLE workers_precedence IN ACCESS EXCLUSIVE MODE")
        reranking.find_recent(cursor, indicator, newest)
        late = settling.settle(cursor, at=at)
        people = settled["people"] + late["people"] + len(groups)
        counts = {**change.counts, "applied": people}
        _note(change, at, state=RankState.APPLIED, counts=counts, applied_at=at, message="")
        audit.record(
            "workers.ranks_applied", change, by=change.asked_by, at=at, indicator=change.indicator, people=people
        )


def _by_source(ranks: Mapping[str, int]) -> dict[int, int]:
    """JSON knows no numbers as keys."""
    return {int(source): rank for source, rank in ranks.items()}
