"""A week of cases by district, for the weekly dispatch and bulletin (周调度、周通报); monitoring may read it too.

Two grouped queries, each along its own index; nothing personal is in the figures.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from core.calendar import local_day

from .enums import CaseState
from .querysets import ON_TIME, CaseQuerySet


@dataclass(frozen=True)
class Figures:
    """What one district, or all of them, did in a week. Sums, so that districts add up; shares follow from them."""

    new: int = 0
    people: int = 0
    claimed_fen: int = 0
    closed: int = 0
    judged: int = 0
    on_time: int = 0
    settled: int = 0
    paid_fen: int = 0
    took: timedelta = timedelta()

    @property
    def on_time_percent(self) -> float | None:
        return round(100 * self.on_time / self.judged, 1) if self.judged else None

    @property
    def days(self) -> float | None:
        """Mean calendar days from submission to the end, of what the office ended."""
        return round(self.took / timedelta(days=1) / self.judged, 1) if self.judged else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def span(monday: date) -> tuple[datetime, datetime]:
    """The first moment of the week, and the first one after it, in Chongqing's time."""
    first = timezone.make_aware(datetime.combine(monday, time()))
    return first, timezone.make_aware(datetime.combine(monday + timedelta(days=7), time()))


def of_week(cases: CaseQuerySet, monday: date) -> dict[str, Figures]:
    """Figures by district for those of `cases` that came or ended in the week; districts without any are left out."""
    first, before = span(monday)
    came = cases.submitted_between(first, before).order_by().values("district")
    ended = cases.closed_between(first, before).filter(due_on__isnull=True).exclude(state=CaseState.JOINED)
    by_office = ~Q(state=CaseState.WITHDRAWN)
    way = ExpressionWrapper(F("closed_at") - F("submitted_at"), output_field=DurationField())
    settled = Q(state=CaseState.SETTLED)
    found: dict[str, Figures] = {}
    for row in came.annotate(new=Count("pk"), people=Sum("headcount"), claimed_fen=Sum("amount_fen")):
        district = row.pop("district")
        found[district] = Figures(**row)
    for row in (
        ended.annotate(ended_on=TruncDate("closed_at"))
        .order_by()
        .values("district")
        .annotate(
            closed=Count("pk"),
            judged=Count("pk", filter=by_office),
            on_time=Count("pk", filter=by_office & ON_TIME),
            settled=Count("pk", filter=settled),
            paid=Sum("paid_now_fen", filter=settled),
            took=Sum(way, filter=by_office),
        )
    ):
        district, paid, took = row.pop("district"), row.pop("paid"), row.pop("took")
        more = Figures(**row, paid_fen=paid or 0, took=took or timedelta())
        found[district] = found.get(district, Figures()) + more
    return dict(sorted(found.items()))


def total(rows: dict[str, Figures]) -> Figures:
    return sum(rows.values(), Figures())


def read_week(typed: str, *, at: datetime) -> date:
    """The Monday of the day in an address; this week for anything that is none, or that lies ahead."""
    today = local_day(at)
    try:
        day = min(date.fromisoformat(typed), today)
    except ValueError:
        day = today
    return monday_of(max(day, date(2004, 12, 6)))
