"""The vocabulary of reports."""

from typing import Any

from django.db.models import QuerySet

from accounts.policies import is_auditor, is_official

from .enums import PUBLIC, ReportState


class ReportQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Officials and auditors see drafts and withdrawn reports; everybody sees what has been published."""
        if is_official(user) or is_auditor(user):
            return self
        return self.filter(state__in=PUBLIC)

    def of(self, period: str) -> "ReportQuerySet":
        return self.filter(period=period)

    def published(self) -> "ReportQuerySet":
        """The version of each month that counts."""
        return self.filter(state=ReportState.PUBLISHED)

    def newest_month_first(self) -> "ReportQuerySet":
        return self.order_by("-period", "-version", "-pk")
