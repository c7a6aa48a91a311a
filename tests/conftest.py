"""The fixed cast and what every test shares."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

# Filled by migrations, so kept when a test that really commits cleans up after itself.
SEEDED_TABLES = {"core_division", "core_calendarday", "core_parameter", "core_auditanchor", "django_migrations"}


@pytest.fixture
def at() -> datetime:
    """A Monday morning inside the calendar's coverage."""
    return datetime(2026, 3, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True, scope="session")
def _flush_spares_seeds_and_the_audit_triggers():
    """Tests that really commit end in TRUNCATE, which the audit triggers refuse and which would empty the seeds."""
    original = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **options):
        kept = [table for table in tables if table not in SEEDED_TABLES]
        return [
            "SET session_replication_role = replica",
            *original(self, style, kept, **options),
            "UPDATE core_auditanchor SET sequence = 0, digest = sha256('')",
            "SET session_replication_role = origin",
        ]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = original
