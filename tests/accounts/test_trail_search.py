"""The trail is found by whole numbers, verbs and names, each in an index: it holds millions of entries."""

import pytest
from django.db import connection

from accounts.admin.kernel import entries_about
from core import audit
from core.models import AuditEntry

REQUEST = "0123456789abcdef"


@pytest.fixture
def entries(db, at, jiangjin_official, fengjie_official):
    jiangjin_official.username = "zhang3"
    jiangjin_official.save()
    return {
        "system": audit.record("workers.record", jiangjin_official, by=None, at=at),
        "official": audit.record("wages.accept", fengjie_official, by=jiangjin_official, at=at),
        "day": AuditEntry.objects.create(
            at=at, verb="calendar.set_day", subject_type="core.calendarday", subject_id="2026-10-01"
        ),
        "move": audit.record("take_up", fengjie_official, by=None, at=at),
        "request": AuditEntry.objects.create(at=at, verb="jobs.apply", actor="本人", request_id=REQUEST),
        "request of digits": AuditEntry.objects.create(at=at, verb="jobs.apply", actor="本人", request_id="98765432"),
    }


def terms(entries):
    return {
        "workers.record": "system",
        "take_up": "move",
        "系统": "system",
        entries["system"].subject_id: "system",
        "江津经办": "official",
        "江津经办（工作人员）": "official",
        "zhang3": "official",
        "2026-10-01": "day",
        REQUEST: "request",
        "98765432": "request of digits",
    }


def test_every_shape_finds_its_entry(entries):
    for term, name in terms(entries).items():
        assert entries[name] in entries_about(AuditEntry.objects.all(), term), term
        assert not entries_about(AuditEntry.objects.all(), term).exclude(pk__in=[row.pk for row in entries.values()])


def test_what_points_at_nothing_finds_nothing(entries):
    for term in ("本人", "nothing.such", "江津", "404404404", "deadbeefdeadbeef", "%", "' OR 1=1"):
        assert not entries_about(AuditEntry.objects.all(), term).exists(), term


def test_no_shape_reads_the_whole_trail(entries):
    for term in terms(entries):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = entries_about(AuditEntry.objects.order_by(), term).explain()
        assert "Index Cond" in plan, f"{term}: {plan}"
        assert "Filter" not in plan.replace("Filter: ((actor)::text = '系统'::text)", ""), f"{term}: {plan}"


def test_the_search_box_finds(entries, client_of, auditor):
    client = client_of(auditor)
    found = client.get(client.post("/admin/core/auditentry/", {"q": "江津经办"})["Location"])
    assert [row.pk for row in found.context["cl"].queryset] == [entries["official"].pk]
