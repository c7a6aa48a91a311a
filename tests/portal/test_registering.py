"""Registering by phone, from the first page to the registry: how many statements each step may ask of PostgreSQL.

The largest peer took 43 registrations a second at its peak. What a registration costs is mostly the number of its
statements, so a step that asks one more is a decision, and this list is where it is made.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from tests.workers.conftest import ID_NUMBER
from workers.models import Worker

PHONE = "13912345678"
# What PostgreSQL is asked besides BEGIN and COMMIT, by step.
BUDGET = {
    "GET /accounts/login/": 0,
    "POST /accounts/login/": 7,
    "GET /accounts/login/code/confirm/": 2,
    "POST /accounts/login/code/confirm/": 11,
    "GET /me/identify/": 4,
    "POST /me/identify/": 10,
}


@pytest.fixture
def step(settings, capsys):
    """`step("GET /me/identify/")`: the answer of one browser, within its budget."""
    settings.DEMO, browser, taken = True, Client(), {}

    def ask(what, **form):
        method, path = what.split()
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(path) if method == "GET" else browser.post(path, form)
        assert answer.status_code == (200 if method == "GET" else 302), answer.content.decode()
        statements = [row["sql"] for row in asked if row["sql"] not in ("BEGIN", "COMMIT")]
        taken[what] = len(statements)
        assert len(statements) <= BUDGET[what], "\n".join(statements)
        return answer.content.decode()

    yield ask
    with capsys.disabled():
        print("\n" + "\n".join(f"{number:3} of {BUDGET[what]:3} statements · {what}" for what, number in taken.items()))


def test_a_registration_keeps_to_its_statements(transactional_db, step):
    """Transactions of its own, as a request has them: inside a test's transaction each would be a savepoint more."""
    step("GET /accounts/login/")
    step("POST /accounts/login/", phone=PHONE)
    code = re.search(r"验证码 (\d{6})", step("GET /accounts/login/code/confirm/"))[1]
    step("POST /accounts/login/code/confirm/", code=code)
    step("GET /me/identify/")
    step("POST /me/identify/", full_name="王伟", id_number=ID_NUMBER)
    row = Worker.objects.get()
    assert (row.full_name, row.id_number.open(), row.mobile.open()) == ("王伟", ID_NUMBER, PHONE)
    verbs = ["accounts.registered", "workers.register", "workers.record"]
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == verbs
