"""The vocabulary of reports and of the orders to build them."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accounts.policies import is_auditor, is_official

from .enums import BUILDING, PUBLIC, OrderState, ReportState


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


class OrderQuerySet(QuerySet):
    def of(self, period: str) -> "OrderQuerySet":
        return self.filter(period=period)

    def waiting(self) -> "OrderQuerySet":
        """Neither built nor given up."""
        return self.filter(state=OrderState.WAITING)

    def newest_first(self) -> "OrderQuerySet":
        return self.order_by("-ordered_at", "-pk")

    def under_way(self) -> "OrderQuerySet":
        """Those that somebody is building now: a lock that a killed worker loses with its connection."""
        with connection.cursor() as cursor:
            cursor.execute(_BUILDING_NOW, [BUILDING])
            periods = [f"{(number - 1) // 12}-{(number - 1) % 12 + 1:02}" for (number,) in cursor.fetchall()]
        return self.waiting().filter(period__in=periods)


_BUILDING_NOW = """
SELECT objid::bigint FROM pg_locks
WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid::bigint = %s
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
