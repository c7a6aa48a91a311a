"""The registry's vocabulary, and the only doors to its rows."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Now

from accounts.policies import is_auditor, is_broker, is_official, is_worker
from accounts.querysets import within
from core.crypto import blind_index


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


class WorkerQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "WorkerQuerySet":
        """Workers see themselves; brokers those who mandated them; officials and auditors their jurisdiction.

        A jurisdiction holds whoever is registered or lives in it.
        """
        if is_worker(user):
            return self.filter(user=user)
        if is_broker(user):
            mandates = self.model._meta.get_field("mandates").related_model.objects
            return self.filter(pk__in=mandates.live().filter(broker=user).values("worker"))
        if is_official(user) or is_auditor(user):
            return within(self, "hukou_division", user) | within(self, "residence_division", user)
        return self.none()

    def with_id_number(self, number: str) -> "WorkerQuerySet":
        return self.filter(id_number_index=blind_index("id_number", number))

    def with_mobile(self, phone: str) -> "WorkerQuerySet":
        """Numbers are recycled, so several rows may carry one."""
        return self.filter(mobile_index=blind_index("phone", phone))


class JobIntentQuerySet(models.QuerySet):
    def candidates(self) -> "JobIntentQuerySet":
        """Who looks for work and agreed to be recommended."""
        return self.filter(wants_job=True, recommendable=True)

    def within(self, user: Any) -> "JobIntentQuerySet":
        """Those whose home district lies in the person's jurisdiction."""
        return within(self, "home_district", user)
