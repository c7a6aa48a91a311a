"""The only doors to this room's rows."""

from typing import Any

from django.db import models

from accounts.policies import has_the_city, is_auditor, is_city_official, is_official
from accounts.querysets import within

from .enums import AlertState


class OfProjectQuerySet(models.QuerySet):
    """Rows of a project are seen by the officials and auditors of its place."""

    def visible_to(self, user: Any) -> "OfProjectQuerySet":
        if not (is_official(user) or is_auditor(user)):
            return self.none()
        return self if has_the_city(user) else within(self, "project__division", user)


class AlertQuerySet(models.QuerySet):
    def open(self) -> "AlertQuerySet":
        """Not closed yet."""
        return self.exclude(state=AlertState.CLOSED)

    def visible_to(self, user: Any) -> "AlertQuerySet":
        if not (is_official(user) or is_auditor(user)):
            return self.none()
        if has_the_city(user):
            return self
        # Said by whole districts, so that an index can begin with the district.
        return self.filter(district__in={prefix[:6] for prefix in user.jurisdiction_prefixes()}) & within(
            self, "project__division", user
        )


class FileQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "FileQuerySet":
        """The city sees every file, an official of a district what they sent in themselves."""
        if is_city_official(user) or is_auditor(user):
            return self
        return self.filter(uploaded_by=user) if is_official(user) else self.none()


class RuleQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "RuleQuerySet":
        """How the watch judges is no secret from anybody at a desk."""
        return self if is_official(user) or is_auditor(user) else self.none()


class NobodysQuerySet(models.QuerySet):
    """Lines of people: pages ask for one person's, and officials see counts only."""

    def visible_to(self, user: Any) -> "NobodysQuerySet":
        return self.none()
