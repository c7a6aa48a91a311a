"""The vocabulary for applications; `visible_to` is the only door to them."""

from datetime import date
from typing import Any

from django.db import models

from accounts.policies import is_auditor, is_official, is_worker
from accounts.querysets import within

from .enums import CLOSED, RUNNING, ObjectionState, State


class ApplicationQuerySet(models.QuerySet):
    """Applications for public rental housing."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """A worker's own; for officials and auditors what was submitted in their jurisdiction."""
        if is_worker(user):
            return self.filter(worker__user=user)
        if is_official(user) or is_auditor(user):
            return within(self.exclude(state=State.DRAFT), "division__code", user)
        return self.none()

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
        return self.filter(state=State.PUBLICITY, objections__state=ObjectionState.OPEN).distinct()

    def publicity_over(self, day: date) -> "ApplicationQuerySet":
        """Publicised to the end of the last day, with no objection left to look into."""
        return self.filter(state=State.PUBLICITY, publicity_until__lt=day).exclude(
            objections__state=ObjectionState.OPEN
        )
