"""Telling people up the ladder how far a clock is, and following a changed calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core import audit, outbox
from core.calendar import local_day

from .. import deadlines, ladder, law
from ..deadlines import Clock
from ..enums import OPEN, TO_BE_ACCEPTED, UNDER_WAY, CaseState, Rung
from ..models import Alarm, Case, CaseClock
from ..terms import OURS, ClockKind
from . import _clocks, _timers

AT_ONCE = 1000


@dataclass(frozen=True)
class Due:
    """A running clock that may be worth a word."""

    case: int
    kind: str
    clock: Clock
    due_on: date


def watch(*, at: datetime) -> tuple[int, int, int]:
    """Tell what became due since the last run, however long ago that was; how many for each rung of the ladder.

    A clock that passed several rungs meanwhile is told once, at the highest. One whose last day moved is told anew.
    """
    day, percents = local_day(at), law.warn_percents(local_day(at))
    told = dict.fromkeys(Rung, 0)
    waiting = list(_near(day))
    for first in range(0, len(waiting), AT_ONCE):
        some = waiting[first : first + AT_ONCE]
        shares = deadlines.used([one.clock for one in some], day)
        for one, share in zip(some, shares, strict=True):
            rung = ladder.rung(share, over=one.due_on < day, percents=percents)
            if rung and _tell(one, rung, share if rung < Rung.CITY else 100, at):
                told[rung] += 1
    return tuple(told.values())


def _near(day: date) -> Iterator[Due]:
    """The clocks whose time for a word has come, without those that have climbed to the top."""
    cases = Case.objects.filter(warn_on__lte=day, due_on__isnull=False)
    cases = cases.exclude(Exists(_at_the_top(OuterRef("pk"), OuterRef("due_on"), _columns_of_the_case)))
    for row in list(cases.order_by("due_on", "pk").only(*_WATCHED)):
        kind = ClockKind.ACCEPT if row.state in TO_BE_ACCEPTED else ClockKind.CLOSE
        yield Due(row.pk, kind, row.running, row.due_on)
    clocks = CaseClock.objects.filter(ended_on__isnull=True, warn_on__lte=day)
    clocks = clocks.exclude(Q(kind__in=OURS) & ~Q(case__state__in=OPEN))
    clocks = clocks.exclude(Exists(_at_the_top(OuterRef("case"), OuterRef("due_on"), Q(clock=OuterRef("kind")))))
    for row in list(clocks.order_by("due_on", "pk")):
        yield Due(row.case_id, row.kind, row.clock, row.due_on)


_WATCHED = ("state", "due_on", "accept_from", "accept_workdays", "close_from", "close_workdays")
_columns_of_the_case = Q(clock__in=[ClockKind.ACCEPT, ClockKind.CLOSE])


def _at_the_top(case: OuterRef, due_on: OuterRef, which: Q):
    return Alarm.objects.filter(which, case=case, due_on=due_on, rung=Rung.CITY)


def _tell(one: Due, rung: int, percent: int, at: datetime) -> bool:
    """In its own transaction behind the case's lock: history, people, trail and message stand or fall together."""
    with transaction.atomic():
        case = _held(one.case)
        same = Alarm.objects.filter(case=case, clock=one.kind, due_on=one.due_on)
        if not _still_runs(case, one) or same.filter(rung__gte=rung).exists():
            return False
        alarm = Alarm.objects.create(case=case, clock=one.kind, due_on=one.due_on, rung=rung, percent=percent, at=at)
        alarm.told.set(ladder.climbs_to(rung, case))
        verb = "deadline_over" if rung == Rung.CITY else "deadline_near"
        audit.record(verb, case, by=None, at=at, due=one.due_on.isoformat(), clock=one.kind, percent=percent)
        outbox.put(f"wages.{verb}", case, at=at, alarm=alarm.pk)
        return True


def _held(pk: int) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=pk)


def _still_runs(case: Case, one: Due) -> bool:
    if one.kind in (ClockKind.ACCEPT, ClockKind.CLOSE):
        return case.due_on == one.due_on and (case.state in TO_BE_ACCEPTED) == (one.kind == ClockKind.ACCEPT)
    return case.clocks.filter(kind=one.kind, due_on=one.due_on, ended_on__isnull=True).exists()


@transaction.atomic
def follow_calendar(changed: date, *, at: datetime) -> int:
    """Read open clocks again that count the changed day; the moved deadline stands in the case's timeline."""
    waiting = (CaseState.SUBMITTED, CaseState.SUPPLEMENT)
    moved = _reread("accept", Case.objects.filter(state__in=waiting), changed, at)
    moved += _reread("close", Case.objects.filter(state__in=UNDER_WAY), changed, at)
    return moved + _timers.follow_calendar(changed, local_day(at), at)


def _reread(prefix: str, cases, changed: date, at: datetime) -> int:
    start, length, by = f"{prefix}_from", f"{prefix}_workdays", f"{prefix}_by"
    # The last day itself may stop being one, so a clock that ends on the changed day is read again too.
    touched = cases.filter(**{f"{start}__lt": changed, f"{by}__gte": changed})
    moved = 0
    for first, workdays in list(touched.order_by(start, length).values_list(start, length).distinct()):
        columns = _clocks.reread(prefix, Clock(first, workdays), local_day(at))
        same_clock = cases.filter(**{start: first, length: workdays})
        late = list(same_clock.exclude(**{by: columns[by]}).values_list("pk", by))
        same_clock.update(**columns)
        for case in Case.objects.filter(pk__in=[pk for pk, _old in late]):
            audit.record("deadline_moved", case, by=None, at=at, to=columns[by].isoformat())
        moved += len(late)
    return moved
