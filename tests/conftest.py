"""The fixed cast and what every test shares."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings

# How long an example takes says something about the machine only; speed lives in the benchmarks.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")

# Filled by migrations, so kept when a test that really commits cleans up after itself.
SEEDED_TABLES = {
    "core_division",
    "core_calendarday",
    "core_parameter",
    "places_place",
    "core_auditanchor",
    "workers_precedence",
    "django_migrations",
}


# Filled by a migration too, but it names the officials who switched, and they go.
RULES_COME_BACK = [
    "UPDATE kept_rules SET switch_to = NULL, proposed_by_id = NULL, proposed_at = NULL, switched_by_id = NULL",
    "INSERT INTO sites_watchrule SELECT * FROM kept_rules",
    "DROP TABLE kept_rules",
]


@pytest.fixture
def at() -> datetime:
    """A Monday morning inside the calendar's coverage."""
    return datetime(2026, 3, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    """What a test uploads stays out of the checkout."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Before the database is dropped, end the sessions that a live server's threads left in it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def _flush_spares_seeds_and_the_audit_triggers():
    """Tests that really commit end in TRUNCATE, which the audit triggers refuse and which would empty the seeds."""
    original = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **options):
        kept = [table for table in tables if table not in SEEDED_TABLES]
        return [
            "SET session_replication_role = replica",
            "CREATE TEMP TABLE kept_rules AS TABLE sites_watchrule",
            *original(self, style, kept, **options),
            *RULES_COME_BACK,
            "UPDATE core_auditanchor SET sequence = 0, digest = sha256('')",
            "SET session_replication_role = origin",
        ]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = original


def _person(role, name, *, phone=None, divisions=()):
    from accounts import phones
    from accounts.enums import Role
    from accounts.models import User

    staff = role in (Role.OFFICIAL, Role.AUDITOR)
    user = User(role=role, display_name=name, is_staff=staff)
    if phone:
        user.phone, user.phone_index = phone, phones.index(phone)
        user.phone_verified_at = datetime(2026, 1, 5, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    user.set_unusable_password()
    user.save()
    user.jurisdictions.set(divisions)
    return user


@pytest.fixture
def wang_wei(db):
    """王伟, the worker."""
    return _person("worker", "王伟", phone="13800000001")


@pytest.fixture
def li_fang(db):
    """李芳, another worker, to whom nothing of 王伟's belongs."""
    return _person("worker", "李芳", phone="13800000002")


@pytest.fixture
def du_gaotian(db):
    """杜高田, broker of 江津区."""
    return _person("broker", "杜高田", phone="13800000011", divisions=["500116"])


@pytest.fixture
def fengjie_broker(db):
    """A broker of 奉节县."""
    return _person("broker", "谭明贵", phone="13800000012", divisions=["500236"])


@pytest.fixture
def jiangjin_official(db):
    return _person("official", "江津经办", divisions=["500116"])


@pytest.fixture
def jiangjin_inspector(db):
    """The other inspector of 江津区."""
    return _person("official", "江津监察员", divisions=["500116"])


@pytest.fixture
def fengjie_official(db):
    return _person("official", "奉节经办", divisions=["500236"])


@pytest.fixture
def city_official(db):
    return _person("official", "市级经办", divisions=["500000"])


@pytest.fixture
def auditor(db):
    return _person("auditor", "审计员", divisions=["500000"])


@pytest.fixture
def client_of():
    """`client_of(user)`: a browser in which the person has signed in, officials with their second factor."""
    from allauth.account.internal.flows import login
    from allauth.account.internal.userkit import user_id_to_str
    from django.test import Client

    def sign_in(user):
        client = Client()
        client.force_login(user)
        if user.is_staff:
            session = client.session
            session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
            session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
            session.save()
        return client

    return sign_in


@pytest.fixture
def queries_do_not_grow():
    """`queries_do_not_grow(client, url, add)`: a list asks the same number of queries after `add()` made more rows."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(client, url):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return [query["sql"] for query in asked.captured_queries]

    def judge(client, url, add):
        queries(client, url)  # fills what is cached per process
        before = queries(client, url)
        add()
        after = queries(client, url)
        assert len(after) <= len(before), f"{len(before)} queries became {len(after)}:\n" + "\n".join(after)

    return judge
