"""The vocabulary of wage cases. `visible_to` is the only door to rows that belong to people."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Avg, ExpressionWrapper, F, Q
from django.db.models.functions import TruncDate

from accounts import policies as who
from accounts.querysets import within
from core.crypto import blind_index

from .enums import CLOSED, OPEN, CaseState, Kind

DRAFTS_KEPT_DAYS = 30
# The order of every list of cases, and of the indexes behind them: what runs out first, then what came last.
BY_DEADLINE = (F("due_on").asc(nulls_last=True), F("submitted_at").desc(), F("id").desc())


def _reads_by_place(user: Any) -> bool:
    return who.is_official(user) or who.is_auditor(user)


class WageCodeQuerySet(models.QuerySet):
    def active(self) -> "WageCodeQuerySet":
        return self.filter(revoked_at__isnull=True)

    def visible_to(self, user: Any) -> "WageCodeQuerySet":
        """The code itself is public; this is the officials' list."""
        return within(self, "division", user) if _reads_by_place(user) else self.none()


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Officials and auditors see their jurisdiction, a worker the own cases, nobody else anything."""
        if _reads_by_place(user):
            return within(self, "division", user)
        return self.filter(user=user) if who.is_worker(user) else self.none()

    def open(self) -> "CaseQuerySet":
        return self.filter(state__in=OPEN)

    def closed(self) -> "CaseQuerySet":
        return self.filter(state__in=CLOSED)

    def due_today(self, day: date) -> "CaseQuerySet":
        return self.filter(due_on=day)

    def overdue(self, day: date) -> "CaseQuerySet":
        return self.filter(due_on__lt=day)

    def due_until(self, day: date) -> "CaseQuerySet":
        return self.filter(due_on__lte=day)

    def unassigned(self) -> "CaseQuerySet":
        return self.open().filter(assignee__isnull=True)

    def of_person(self, user: Any) -> "CaseQuerySet":
        return self.filter(assignee=user)

    def by_phone(self, phone: str) -> "CaseQuerySet":
        return self.filter(phone_index=blind_index("phone", phone))

    def complaints(self) -> "CaseQuerySet":
        return self.filter(kind=Kind.COMPLAINT)

    def submitted_between(self, first: datetime, before: datetime) -> "CaseQuerySet":
        return self.filter(submitted_at__gte=first, submitted_at__lt=before)

    def closed_between(self, first: datetime, before: datetime) -> "CaseQuerySet":
        return self.filter(closed_at__gte=first, closed_at__lt=before)

    def judged(self) -> "CaseQuerySet":
        """Ended by the office, so its time counts; what the complainant withdrew does not."""
        return self.closed().exclude(state=CaseState.WITHDRAWN)

    def on_time(self) -> "CaseQuerySet":
        """Ended by the last legal day: of acceptance when never filed, else of closing."""
        ended = self.annotate(ended_on=TruncDate("closed_at"))
        return ended.filter(
            Q(accepted_at__isnull=True, ended_on__lte=F("accept_by"))
            | Q(accepted_at__isnull=False, ended_on__lte=F("close_by"))
        )

    def average_days(self) -> float | None:
        """Mean calendar days from submission to the end."""
        span = ExpressionWrapper(F("closed_at") - F("submitted_at"), output_field=models.DurationField())
        mean = self.closed().aggregate(mean=Avg(span))["mean"]
        return None if mean is None else mean / timedelta(days=1)

    def by_deadline(self) -> "CaseQuerySet":
        return self.order_by(*BY_DEADLINE)


class ApprovalQuerySet(models.QuerySet):
    def pending(self) -> "ApprovalQuerySet":
        return self.filter(state="pending")

    def visible_to(self, user: Any) -> "ApprovalQuerySet":
        return within(self, "case__division", user) if _reads_by_place(user) else self.none()


class DraftQuerySet(models.QuerySet):
    def stale(self, at: datetime) -> "DraftQuerySet":
        """Not touched for so long that nobody will come back; they hold personal data."""
        return self.filter(touched_at__lt=at - timedelta(days=DRAFTS_KEPT_DAYS))

    def of_phone(self, phone: str) -> "DraftQuerySet":
        return self.filter(phone_index=blind_index("phone", phone))
