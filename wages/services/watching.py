"""Warning at 80 % of a deadline, escalating when it is over, and following a changed calendar."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from core import audit, outbox
from core.calendar import local_day

from ..deadlines import Clock
from ..enums import UNDER_WAY, CaseState
from ..models import Case
from . import _clocks


def watch(*, at: datetime) -> tuple[int, int]:
    """Warn and escalate once per deadline; a moved deadline is watched anew. Returns how many of each."""
    day = local_day(at)
    running = Case.objects.filter(due_on__isnull=False)
    late = running.overdue(day).filter(_not_yet("escalated_for"))
    soon = running.filter(warn_on__lte=day, due_on__gte=day).filter(_not_yet("warned_for"))
    return _mark(soon, "warned_for", "deadline_near", at), _mark(late, "escalated_for", "deadline_over", at)


def _not_yet(column: str) -> Q:
    return Q(**{f"{column}__isnull": True}) | ~Q(**{column: F("due_on")})


def _mark(cases, column: str, verb: str, at: datetime) -> int:
    """Each in its own transaction: compare-and-set, trail and message stand or fall together."""
    marked = 0
    for pk, due in list(cases.order_by("due_on", "pk").values_list("pk", "due_on")):
        with transaction.atomic():
            fresh = Case.objects.filter(pk=pk, due_on=due).filter(_not_yet(column))
            if not fresh.update(**{column: due}):
                continue
            case = Case.objects.get(pk=pk)
            audit.record(verb, case, by=None, at=at, due=due.isoformat())
            outbox.put(f"wages.{verb}", case, at=at, due=due.isoformat())
            marked += 1
    return marked


@transaction.atomic
def follow_calendar(changed: date, *, at: datetime) -> int:
    """Read open clocks again that count the changed day; the moved deadline stands in the case's timeline."""
    waiting = (CaseState.SUBMITTED, CaseState.SUPPLEMENT)
    moved = _reread("accept", Case.objects.filter(state__in=waiting), changed, at)
    return moved + _reread("close", Case.objects.filter(state__in=UNDER_WAY), changed, at)


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
