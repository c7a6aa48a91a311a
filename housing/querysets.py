"""The vocabulary for applications; `visible_to` is the only door to them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.policies import is_auditor, is_broker, is_official, is_worker
from core.divisions import CITY_PREFIX
from workers.enums import MandateScope
from workers.models import Mandate

from .enums import CLOSED, RUNNING, ObjectionState, State


def _in_charge(field: str, user: Any) -> Q:
    """Rows whose office lies in the person's jurisdiction. Offices are whole districts or the city, so a code is
    compared as it is, which an index in the list's order can answer; for the city nothing need be compared."""
    prefixes = user.jurisdiction_prefixes()
    return Q() if CITY_PREFIX in prefixes else Q(**{f"{field}__in": prefixes})


class ApplicationQuerySet(models.QuerySet):
    """Applications for public rental housing."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """A worker's own; a broker's clients' under their mandates for housing; for officials and auditors what was
        submitted in their jurisdiction."""
        if is_worker(user):
            return self.filter(worker__user=user)
        if is_broker(user):
            mandates = Mandate.objects.live().filter(broker=user, scope__contains=[MandateScope.HOUSING.value])
            return self.filter(worker__in=mandates.values("worker"))
        if is_official(user) or is_auditor(user):
            return self.exclude(state=State.DRAFT).filter(_in_charge("division", user))
        return self.none()

    def decidable_by(self, user: Any) -> "ApplicationQuerySet":
        """Without the final reviews of another office, and those whose preliminary one was this person's."""
        elsewhere = ~_in_charge("final_division", user)
        return self.exclude(Q(state=State.FINAL_REVIEW) & (elsewhere | Q(preliminary_reviewer=user.pk)))

    def open(self) -> "ApplicationQuerySet":
        """Not at an end: the one that a person is busy with."""
        return self.exclude(state__in=CLOSED)

    def running(self) -> "ApplicationQuerySet":
        """A clock is running."""
        return self.filter(state__in=RUNNING)

    def overdue(self, day: date) -> "ApplicationQuerySet":
        return self.running().exclude(state=State.PUBLICITY).filter(due_on__lt=day)

    def with_open_objection(self) -> "ApplicationQuerySet":
        """An objection waits for its investigation."""
        return self.filter(Exists(self._open_objections()), state=State.PUBLICITY)

    def of_person(self, id_number_index: bytes) -> "ApplicationQuerySet":
        """Those on which somebody stands, as applicant or in the household. Two looks into indexes, put together: an OR
        over both tables would read all of them."""
        applied = self.model.objects.filter(worker__id_number_index=id_number_index).order_by().values("pk")
        members = self.model._meta.get_field("members").related_model.objects
        joined = members.filter(id_number_index=id_number_index).order_by().values("application")
        return self.filter(pk__in=applied.union(joined))

    def publicity_over(self, day: date) -> "ApplicationQuerySet":
        """Publicised to the end of the last day, with no objection left to look into."""
        return self.filter(~Exists(self._open_objections()), state=State.PUBLICITY, publicity_until__lt=day)

    def _open_objections(self) -> models.QuerySet:
        objections = self.model._meta.get_field("objections").related_model.objects
        return objections.filter(application=OuterRef("pk"), state=ObjectionState.OPEN)
