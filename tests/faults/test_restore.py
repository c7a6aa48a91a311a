"""A backup is worth what can be restored from it."""

import psycopg2
import pytest

from tools.launcher.servers import DATABASE

pytestmark = pytest.mark.django_db  # pytest makes a database for the portal to be copied from
COPY = "restored"
TABLES = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def content(stack, database):
    """Every table with its number of rows and a digest of what stands in them."""
    with stack.database(database) as link, link.cursor() as cursor:
        cursor.execute(TABLES)
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()
        return found


@pytest.fixture
def somebody_signed_in(stack):
    """A person, a session, a code, a sealed message and entries of the trail."""
    visitor, phone = stack.visitor(), "15400000031"
    visitor.get("/accounts/login/")
    visitor.post("/accounts/login/", phone=phone)
    with stack.running("outbox"):
        code = visitor.code(phone)
    visitor.post("/accounts/login/code/confirm/", code=code)


def test_a_dump_restores_row_for_row(stack, somebody_signed_in):
    """A restore runs with an empty search path: a function of ours that names others must still find them."""
    stack.postgres.create_database(COPY)
    try:
        assert stack.restore([*stack.where(), DATABASE], COPY)
        before, after = content(stack, DATABASE), content(stack, COPY)
        assert after == before
        print(f"{sum(rows for rows, _ in after.values())} rows in {len(after)} tables restored")
        assert after["public.accounts_user"][0] >= 1
        refuses_changes(stack)
    finally:
        stack.postgres.drop_database(COPY)


def refuses_changes(stack):
    """The trail of the restored database is still guarded."""
    with stack.database(COPY) as link, link.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_auditentry (at, verb, subject_type, subject_id, actor, reason, data, request_id)"
            " VALUES (now(), 'restored', 'x', '1', '', '', '{}', '') RETURNING id"
        )
        written = cursor.fetchone()
        link.commit()
        cursor.execute("SELECT count(*) FROM core_auditlink WHERE entry_id = %s", written)
        assert cursor.fetchone() == (1,)  # the chain goes on
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM core_auditentry")
