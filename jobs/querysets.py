"""The vocabulary of vacancies, applications and recommendations, and the only door to them."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.policies import is_auditor, is_broker, is_official, is_worker
from core.calendar import local_day
from core.divisions import CITY_PREFIX
from employers.enums import EmployerState

from .enums import WAITING_APPLICATION, ApplicationState, PayCycle, RecommendationState, VacancyState

_DISTRICT_DIGITS = 6
# States in which a vacancy has been public; its page then says that it is over.
_ONCE_PUBLIC = (VacancyState.PUBLISHED, VacancyState.FILLED, VacancyState.EXPIRED)


def _in_district(prefix: str, code: str) -> Q:
    """Led by the column that the lists' indexes begin with; a township narrows its district."""
    narrower = Q(**{f"{code}__startswith": prefix}) if len(prefix) > _DISTRICT_DIGITS else Q()
    return Q(district=prefix[:_DISTRICT_DIGITS]) & narrower


def _in_charge_of(rows: models.QuerySet, user: Any, *, code: str = "division") -> models.QuerySet:
    """Rows of the person's jurisdiction. Every vacancy lies in the city, so the city needs no condition."""
    prefixes = user.jurisdiction_prefixes()
    if not prefixes:
        return rows.none()
    return rows if CITY_PREFIX in prefixes else rows.filter(reduce(or_, (_in_district(p, code) for p in prefixes)))


class VacancyQuerySet(models.QuerySet):
    def in_charge_of(self, user: Any) -> "VacancyQuerySet":
        """Of the person's places."""
        return _in_charge_of(self, user, code="division__code")

    def published(self, at: datetime) -> "VacancyQuerySet":
        """Open to applications at this moment: published, in time, and the employer still verified."""
        return self.filter(
            state=VacancyState.PUBLISHED, expires_on__gte=local_day(at), employer__state=EmployerState.VERIFIED
        )

    def overdue(self, day: date) -> "VacancyQuerySet":
        """Published past their last day."""
        return self.filter(state=VacancyState.PUBLISHED, expires_on__lt=day)

    def waiting(self) -> "VacancyQuerySet":
        """Submitted and not yet checked by an official."""
        return self.filter(state=VacancyState.PENDING)

    def with_places(self) -> "VacancyQuerySet":
        return self.filter(filled_count__lt=F("headcount"))

    def search(
        self,
        words: str = "",
        *,
        trade: str = "",
        district: str = "",
        pay_from_fen: int | None = None,
        benefits: list[str] | None = None,
        daily: bool = False,
    ) -> "VacancyQuerySet":
        """Rows that meet every given condition; an empty condition does not filter."""
        conditions = {
            "search__words": words,
            "trade": trade,
            "district": district,
            "pay_month_fen__gte": pay_from_fen,
            "benefits__contains": benefits,
            "pay_cycle": PayCycle.DAY if daily else "",
        }
        return self.filter(**{name: value for name, value in conditions.items() if value})

    def for_cards(self) -> "VacancyQuerySet":
        """What a list of cards shows, without the long texts."""
        return self.select_related("employer").defer("search", "duties", "requirements", "employer_profile")

    def visible_to(self, user: Any) -> "VacancyQuerySet":
        """Everybody sees what has been public; officials, auditors and brokers also the rest of their jurisdiction."""
        if is_official(user) or is_auditor(user):
            return self.in_charge_of(user)
        public = Q(state__in=_ONCE_PUBLIC) | Q(state=VacancyState.CLOSED, checked_at__isnull=False)
        if is_broker(user):
            here = self.model.objects.in_charge_of(user).values("pk")
            return self.filter(public | Q(registered_by=user) | Q(pk__in=here))
        return self.filter(public)


class ApplicationQuerySet(models.QuerySet):
    def waiting(self) -> "ApplicationQuerySet":
        """Nobody has answered yet."""
        return self.filter(state__in=WAITING_APPLICATION)

    def placements(self) -> "ApplicationQuerySet":
        """Applications that ended in a job."""
        return self.filter(state=ApplicationState.HIRED)

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """A worker sees their own, a broker those of their vacancies and people, officials their jurisdiction."""
        if is_official(user) or is_auditor(user):
            return _in_charge_of(self, user)
        if is_broker(user):
            return self.filter(Q(recommendation__broker=user) | Q(applied_by=user) | Q(vacancy__registered_by=user))
        if is_worker(user):
            return self.filter(worker__user=user)
        return self.none()


class RecommendationQuerySet(models.QuerySet):
    def open(self) -> "RecommendationQuerySet":
        """Waiting for the worker's answer."""
        return self.filter(state=RecommendationState.OFFERED)

    def unanswered(self, day: date) -> "RecommendationQuerySet":
        """Open past their last day."""
        return self.open().filter(answer_by__lt=day)

    def visible_to(self, user: Any) -> "RecommendationQuerySet":
        """The worker it was made to, the broker who made it, and officials of the vacancy's place."""
        if is_official(user) or is_auditor(user):
            return _in_charge_of(self, user)
        if is_broker(user):
            return self.filter(broker=user)
        if is_worker(user):
            return self.filter(worker__user=user)
        return self.none()
