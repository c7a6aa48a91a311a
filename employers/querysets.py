"""The vocabulary of employers and projects, and the only door to them."""

from typing import Any

from django.db import models

from accounts.policies import is_auditor, is_broker, is_official
from accounts.querysets import within

from .enums import EmployerState


class EmployerQuerySet(models.QuerySet):
    def verified(self) -> "EmployerQuerySet":
        return self.filter(state=EmployerState.VERIFIED)

    def waiting(self) -> "EmployerQuerySet":
        """Registered and not yet decided."""
        return self.filter(state=EmployerState.PENDING)

    def visible_to(self, user: Any) -> "EmployerQuerySet":
        """Officials, auditors and brokers see their jurisdiction; everybody sees who is verified."""
        if is_official(user) or is_auditor(user):
            return within(self, "district", user)
        if is_broker(user):
            verified = models.Q(state=EmployerState.VERIFIED)
            return self.filter(verified | models.Q(pk__in=within(self.model.objects.all(), "district", user)))
        return self.verified()


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """A notice board is public by law (art. 34); officials and auditors keep to their jurisdiction."""
        if is_official(user) or is_auditor(user):
            return within(self, "division", user)
        return self.all()
