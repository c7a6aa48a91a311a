"""The audit trail is append-only and shows every tampering."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from core import audit
from core.models import AuditEntry, AuditLink
from tests.races import at_once


def linked_entries(subject, at, count):
    for number in range(count):
        audit.record("test.happened", subject, by=None, at=at, number=number)


def as_database_owner(sql):
    """Tampering that gets past the triggers, as only the database's owner can."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def trail(transactional_db, at):
    subject = User.objects.create(username="subject")
    linked_entries(subject, at, 5)
    return subject


def test_an_untouched_trail_is_intact(trail):
    verdict = audit.verify()
    assert verdict.faults == []
    assert (verdict.entries, verdict.head) == (5, 5)


@pytest.mark.parametrize("table", ["core_auditentry", "core_auditlink", "core_auditanchor"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_the_trail(trail, table, sql):
    sql = sql.replace("SET id = id", "SET sequence = sequence") if table != "core_auditentry" else sql
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def test_nobody_can_add_a_link_by_hand(trail):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditLink.objects.create(sequence=6, entry_id=99, digest=b"x")


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE core_auditentry SET reason = 'other' WHERE id = (SELECT min(id) + 2 FROM core_auditentry)", "link 3"),
        ("DELETE FROM core_auditentry WHERE id = (SELECT min(id) + 1 FROM core_auditentry)", "was deleted"),
        (
            "INSERT INTO core_auditentry (at, verb, subject_type, subject_id, actor, reason, data, request_id)"
            " VALUES (now(), 'forged', 'x', '1', '', '', '{}', '')",
            "not in the chain",
        ),
        (
            "WITH cut AS (DELETE FROM core_auditlink WHERE sequence = 5 RETURNING entry_id)"
            " DELETE FROM core_auditentry WHERE id IN (SELECT entry_id FROM cut)",
            "tail was cut off",
        ),
        (
            "UPDATE core_auditlink l SET entry_id = -o.entry_id FROM core_auditlink o"
            " WHERE l.sequence IN (2, 3) AND o.sequence = 5 - l.sequence",
            "was deleted",
        ),
    ],
)
def test_tampering_by_the_owner_is_found(trail, tampering, fault):
    as_database_owner(tampering)
    assert fault in " ".join(audit.verify().faults)


def test_a_chain_rewritten_from_the_start_differs_from_the_head_noted_outside(trail):
    sequence, digest = audit.head()
    as_database_owner("DELETE FROM core_auditentry; DELETE FROM core_auditlink;")
    as_database_owner("UPDATE core_auditanchor SET sequence = 0, digest = sha256('')")
    assert audit.verify().faults == []
    assert "noted outside" in audit.verify(known_heads=[(sequence, digest)]).faults[0]


def test_verify_audit_ends_with_an_error_when_something_is_wrong(trail, settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path
    call_command("verify_audit")
    as_database_owner("UPDATE core_auditentry SET actor = 'nobody'")
    with pytest.raises(CommandError, match="faults"):
        call_command("verify_audit")


def test_parallel_writers_never_fork_the_chain(trail, at):
    def write():
        for number in range(20):
            with transaction.atomic():
                linked_entries(trail, at, 1 + number % 3)

    at_once(*[write] * 6)
    verdict = audit.verify()
    assert (verdict.entries, verdict.faults) == (5 + 6 * 39, [])


def updates_of_the_head():
    """By this session; inside a transaction PostgreSQL does not hand the number on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'core_auditanchor'")
        return cursor.fetchone()[0]


def test_many_entries_of_one_transaction_are_linked_in_one_step(trail, at):
    """One update of the head for each would be quadratic: 50,000 entries would hold up every commit for minutes."""
    with transaction.atomic():
        before = updates_of_the_head()
        linked_entries(trail, at, 3)
        with pytest.raises(RuntimeError), transaction.atomic():
            linked_entries(trail, at, 7)
            raise RuntimeError
        AuditEntry.objects.bulk_create(AuditEntry(at=at, verb="test.bulk") for _ in range(200))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert updates_of_the_head() == before + 1
    verdict = audit.verify()
    assert (verdict.entries, verdict.head, verdict.faults) == (208, 208, [])


def test_what_was_forged_before_is_not_taken_into_the_chain_by_the_next_act(trail, at):
    as_database_owner(
        "INSERT INTO core_auditentry (at, verb, subject_type, subject_id, actor, reason, data, request_id)"
        " VALUES (now(), 'forged', 'x', '1', '', '', '{}', '')"
    )
    linked_entries(trail, at, 2)
    assert "not in the chain" in " ".join(audit.verify().faults)


def test_a_rolled_back_act_leaves_no_entry(trail, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record("test.failed", trail, by=None, at=at)
        raise RuntimeError
    assert not AuditEntry.objects.filter(verb="test.failed").exists()
    assert audit.verify().faults == []
