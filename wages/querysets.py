"""The vocabulary of wage cases. `visible_to` is the only door to rows that belong to people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Avg, Count, ExpressionWrapper, F, Q
from django.db.models.functions import TruncDate

from accounts import policies as who
from accounts.querysets import within
from core.crypto import blind_index
from core.divisions import CITY_PREFIX
from places.policies import place_of
from workers.models import Worker

from . import belonging
from .enums import CLAIM_ENDED, CaseState, Kind

DISTRICT_DIGITS = 6
MOST_OF_ONE_NUMBER = 100
# The order of every list of cases, and of the indexes behind them: what runs out first, then what came last.
BY_DEADLINE = (F("due_on").asc(nulls_last=True), F("submitted_at").desc(), F("id").desc())


ON_TIME = Q(accepted_at__isnull=True, ended_on__lte=F("accept_by")) | Q(
    accepted_at__isnull=False, ended_on__lte=F("close_by")
)


@dataclass(frozen=True)
class Performance:
    """So many ended, so many of them by the last legal day, and the mean calendar days from submission to the end."""

    ended: int
    on_time: int
    days: float | None


def _reads_by_place(user: Any) -> bool:
    return who.is_official(user) or who.is_auditor(user)


def _in_district(prefix: str, path: str = "") -> Q:
    """Led by the column that the lists' indexes begin with; a township narrows its district."""
    narrower = Q(**{f"{path}division__startswith": prefix}) if len(prefix) > DISTRICT_DIGITS else Q()
    return Q(**{f"{path}district": prefix[:DISTRICT_DIGITS]}) & narrower


def _on_their_desks(rows: models.QuerySet, user: Any) -> models.QuerySet:
    """What belongs to cases of the person's offices: where a rule sent a case elsewhere, its papers went with it."""
    prefixes = user.jurisdiction_prefixes()
    if not prefixes:
        return rows.none()
    if CITY_PREFIX in prefixes:
        return rows
    return rows.filter(reduce(or_, (_in_district(prefix, "case__") for prefix in prefixes)))


class WageCodeQuerySet(models.QuerySet):
    def active(self) -> "WageCodeQuerySet":
        return self.filter(revoked_at__isnull=True)

    def visible_to(self, user: Any) -> "WageCodeQuerySet":
        """The code itself is public; this is the officials' list."""
        return within(self, "division", user) if _reads_by_place(user) else self.none()


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Officials and auditors see their jurisdiction, a worker their own cases, nobody else anything.

        To see a case is not to read it: see `policies.may_read`.
        """
        if _reads_by_place(user):
            return self._in_charge_of(user)
        return self.of_account(user)

    def of_account(self, user: Any) -> "CaseQuerySet":
        """A worker's own: filed while signed in, or filed before from the number proven since (see `belonging`)."""
        if not who.is_worker(user):
            return self.none()
        return self.filter(Q(user=user) | Q(pk__in=self._filed_before(user)))

    def _filed_before(self, user: Any) -> list[int]:
        """Few rows: those of nobody's account under one number, whose names only their seals know."""
        if user.phone_index is None or user.phone_verified_at is None or user.held_since is not None:
            return []
        orphans = self.model._base_manager.filter(user__isnull=True, phone_index=user.phone_index)
        rows = list(orphans.only("uuid", "name", "submitted_at").order_by("-pk")[:MOST_OF_ONE_NUMBER])
        if not rows:
            return []
        known = Worker.objects.filter(user=user).values_list("full_name", "id_number_index").first()
        name, id_number = known or ("", None)
        holder = belonging.Holder(user.date_joined, user.phone_verified_at, name, id_number is not None)
        return [
            row.pk
            for row in rows
            if belonging.is_theirs(holder, filed_at=row.submitted_at, filed_as=row.name.open() if row.name else "")
        ]

    def _in_charge_of(self, user: Any) -> "CaseQuerySet":
        """The person's jurisdiction. Every case lies in the city (a constraint), so the city needs no condition."""
        prefixes = user.jurisdiction_prefixes()
        if not prefixes:
            return self._helped_by(user)
        return self if CITY_PREFIX in prefixes else self.filter(reduce(or_, map(_in_district, prefixes)))

    def _helped_by(self, user: Any) -> "CaseQuerySet":
        """Who serves at an office outside sees what was handed to it, for as long as it is there."""
        place = place_of(user)
        return self.filter(outside=place, closed_at__isnull=True) if place else self.none()

    def open(self) -> "CaseQuerySet":
        """Without an end, which constraints keep in step with the state."""
        return self.filter(closed_at__isnull=True)

    def going_on(self) -> "CaseQuerySet":
        """Open, or joined to a case that is: the complainant still waits."""
        return self.filter(Q(closed_at__isnull=True) | Q(joined_to__closed_at__isnull=True, joined_to__isnull=False))

    def closed(self) -> "CaseQuerySet":
        """Ended. No clock runs then, and to say so lets an index begin behind all that is open."""
        return self.filter(closed_at__isnull=False, due_on__isnull=True)

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
        """Ended by the office, so its time counts; what was withdrawn or goes on in another case does not."""
        return self.closed().exclude(state__in=(CaseState.WITHDRAWN, CaseState.JOINED))

    def on_time(self) -> "CaseQuerySet":
        """Ended by the last legal day: of acceptance when never filed, else of closing."""
        return self.annotate(ended_on=TruncDate("closed_at")).filter(ON_TIME)

    def performance(self) -> Performance:
        """How the ended cases were handled, in one pass over them."""
        span = ExpressionWrapper(F("closed_at") - F("submitted_at"), output_field=models.DurationField())
        found = self.annotate(ended_on=TruncDate("closed_at")).aggregate(
            ended=Count("pk"), on_time=Count("pk", filter=ON_TIME), mean=Avg(span)
        )
        mean = found["mean"]
        return Performance(found["ended"], found["on_time"], None if mean is None else mean / timedelta(days=1))

    def by_deadline(self) -> "CaseQuerySet":
        return self.order_by(*BY_DEADLINE)


class ClaimantQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ClaimantQuerySet":
        """Officials see those of their place; the account sees its own claims."""
        if _reads_by_place(user):
            return _on_their_desks(self, user)
        return self.filter(Q(user=user) | Q(worker__user=user)) if who.is_worker(user) else self.none()

    def counted(self) -> "ClaimantQuerySet":
        """Each person once: not the row of somebody who stands elsewhere already."""
        return self.filter(double_of__isnull=True)

    def live(self) -> "ClaimantQuerySet":
        """Counted, and neither withdrawn nor unfounded."""
        return self.counted().exclude(state__in=CLAIM_ENDED)

    def in_order(self) -> "ClaimantQuerySet":
        return self.order_by("place", "pk")


class ApprovalQuerySet(models.QuerySet):
    def pending(self) -> "ApprovalQuerySet":
        return self.filter(state="pending")

    def visible_to(self, user: Any) -> "ApprovalQuerySet":
        return _on_their_desks(self, user) if _reads_by_place(user) else self.none()


class DraftQuerySet(models.QuerySet):
    def stale(self, at: datetime, *, days: int) -> "DraftQuerySet":
        """Not touched for so long that nobody will come back; they hold personal data."""
        return self.filter(touched_at__lt=at - timedelta(days=days))

    def kept(self, at: datetime, *, days: int) -> "DraftQuerySet":
        """Those that their people may still go on with."""
        return self.filter(touched_at__gte=at - timedelta(days=days))

    def own(self) -> "DraftQuerySet":
        """Typed by the complainant, and not by an official or a broker for them."""
        return self.filter(channel="")

    def of_phone(self, phone: str) -> "DraftQuerySet":
        return self.filter(phone_index=blind_index("phone", phone))
