"""The registry's vocabulary, and the only doors to its rows."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now

from accounts.policies import has_the_city, is_auditor, is_broker, is_city_official, is_official, is_worker
from accounts.querysets import within
from core.crypto import blind_index
from core.masking import holds_number

from .facets import NAMES, name_query, surnamed, within_districts


class MandateQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> "MandateQuerySet":
        """Mandates in force; without a moment, in force by the database's clock."""
        moment = Now() if at is None else at
        return self.filter(granted_at__lte=moment, expires_at__gt=moment, ended_at__isnull=True)

    def visible_to(self, user: Any) -> "MandateQuerySet":
        if is_worker(user):
            return self.filter(worker__user=user)
        if is_broker(user):
            return self.filter(broker=user)
        if is_official(user) or is_auditor(user):
            return self.filter(worker__in=self.model._meta.get_field("worker").related_model.objects.visible_to(user))
        return self.none()


class CityQuerySet(models.QuerySet):
    """What the city alone decides: department files, and how much each source counts."""

    def visible_to(self, user: Any) -> "CityQuerySet":
        return self if is_city_official(user) or is_auditor(user) else self.none()


class WorkerQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "WorkerQuerySet":
        """Workers see themselves; brokers those who mandated them; officials and auditors their jurisdiction.

        A place holds whoever is registered or lives in it. The city holds everybody: also those of whom no place is
        known, or none in the city (docs/decisions/0046).
        """
        if is_worker(user):
            return self.filter(user=user)
        if is_broker(user):
            mandates = self.model._meta.get_field("mandates").related_model.objects
            return self.filter(pk__in=mandates.live().filter(broker=user).values("worker"))
        if not (is_official(user) or is_auditor(user)):
            return self.none()
        if has_the_city(user):
            return self
        return within(self, "hukou_division", user) | within(self, "residence_division", user)

    def listed_for(self, user: Any) -> "WorkerQuerySet":
        """The same people as `visible_to`, asked in the words of the index that the officials' list is read by."""
        prefixes = user.jurisdiction_prefixes() if is_official(user) or is_auditor(user) else []
        if not prefixes or any(len(prefix) < 6 for prefix in prefixes):
            return self.visible_to(user)
        return self.filter(within_districts(prefixes))

    def named(self, typed: str) -> "WorkerQuerySet":
        """Whose name begins so, in characters or pinyin, or has these initials."""
        text = "".join(typed.split())
        if holds_number(text):  # beside words, or misspelt: no name, and PostgreSQL shows and logs what it is asked
            return self.none()
        if len(text) == 1 and not text.isascii():
            return self.filter(surnamed(text))
        query = name_query(text)
        return self.alias(names=NAMES).filter(names__holds=query) if query else self.none()

    def with_id_number(self, number: str) -> "WorkerQuerySet":
        """Whoever has the number, also where the row that carries it was merged into another."""
        return self._shown_for(id_number_index=blind_index("id_number", number))

    def with_mobile(self, phone: str) -> "WorkerQuerySet":
        """Numbers are recycled, so several rows may carry one."""
        return self._shown_for(mobile_index=blind_index("phone", phone))

    def with_number(self, worker_no: str) -> "WorkerQuerySet":
        """By the registry's own number; a merged row's number leads to the row that is shown."""
        return self._shown_for(worker_no=worker_no)

    def _shown_for(self, **key: Any) -> "WorkerQuerySet":
        carriers = self.model.everyone.filter(**key).annotate(shown=Coalesce("merged_into_id", "id"))
        return self.filter(pk__in=carriers.values("shown"))


class WorkerManager(models.Manager.from_queryset(WorkerQuerySet)):
    """People as they are shown: without the rows that were merged into another."""

    def get_queryset(self) -> WorkerQuerySet:
        return super().get_queryset().filter(merged_into__isnull=True)


class TwinPairQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "TwinPairQuerySet":
        """Whoever covers both people; a row without any place goes with the other one. The city sees every pair."""
        if not (is_official(user) or is_auditor(user)):
            return self.none()
        if has_the_city(user):
            return self
        prefixes = user.jurisdiction_prefixes()
        covers_a, covers_b = (self._covers(side, prefixes) for side in ("worker_a", "worker_b"))
        no_place_a, no_place_b = (self._has_no_place(side) for side in ("worker_a", "worker_b"))
        return self.filter((covers_a & (covers_b | no_place_b)) | (no_place_a & covers_b))

    def _covers(self, side: str, prefixes: list[str]) -> Q:
        covered = Q(pk__in=[])
        for prefix in prefixes:
            covered |= Q(**{f"{side}__hukou_division__startswith": prefix})
            covered |= Q(**{f"{side}__residence_division__startswith": prefix})
        return covered

    def _has_no_place(self, side: str) -> Q:
        return Q(**{f"{side}__hukou_division": "", f"{side}__residence_division": ""})


class JobIntentQuerySet(models.QuerySet):
    def candidates(self) -> "JobIntentQuerySet":
        """Who looks for work and agreed to be recommended."""
        return self.filter(wants_job=True, recommendable=True)

    def within(self, user: Any) -> "JobIntentQuerySet":
        """Those whose home district lies in the person's jurisdiction."""
        return within(self, "home_district", user)
