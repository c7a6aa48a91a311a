"""The vocabulary of employers and projects, and the only door to them."""

from typing import Any

from django.db import models

from accounts.policies import is_auditor, is_broker, is_official
from accounts.querysets import within
from core.divisions import CITY_PREFIX

from .enums import EmployerState

_DISTRICT_DIGITS = 6


def _in_charge_of(rows: models.QuerySet, user: Any) -> models.QuerySet:
    """Employers of whole districts, said so that an index can begin with the district; the city's by their prefix."""
    prefixes = user.jurisdiction_prefixes()
    if CITY_PREFIX in prefixes:
        return rows.filter(district__startswith=CITY_PREFIX)
    return rows.filter(district__in=[prefix for prefix in prefixes if len(prefix) == _DISTRICT_DIGITS])


class EmployerQuerySet(models.QuerySet):
    def verified(self) -> "EmployerQuerySet":
        return self.filter(state=EmployerState.VERIFIED)

    def waiting(self) -> "EmployerQuerySet":
        """Registered and not yet decided."""
        return self.filter(state=EmployerState.PENDING)

    def visible_to(self, user: Any) -> "EmployerQuerySet":
        """Officials, auditors and brokers see their jurisdiction; everybody sees who is verified."""
        if is_official(user) or is_auditor(user):
            return _in_charge_of(self, user)
        if is_broker(user):
            verified = models.Q(state=EmployerState.VERIFIED)
            return self.filter(verified | models.Q(pk__in=_in_charge_of(self.model.objects.all(), user)))
        return self.verified()


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """A notice board is public by law (art. 34); officials and auditors keep to their jurisdiction."""
        if is_official(user) or is_auditor(user):
            return within(self, "division", user)
        return self.all()
