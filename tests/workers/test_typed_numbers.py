"""Whatever officials and brokers type into a search box, PostgreSQL is asked for no ID number and no phone in clear."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from workers.models import Worker

from .conftest import ID_NUMBER

pytestmark = pytest.mark.django_db
PHONE = "13800000001"
LISTS = [f"workers_{name}" for name in ("worker", "mandate", "mandateclaim", "dispute", "erasurerequest")]


@pytest.mark.parametrize("name", [*LISTS, "jobs_application"])
@pytest.mark.parametrize("typed", [ID_NUMBER, f"身份证 {ID_NUMBER}", PHONE, "138 0000 0001 王伟"])
def test_no_list_of_officials_sends_a_number(name, typed, worker, jiangjin_official, client_of):
    desk, address = client_of(jiangjin_official), reverse(f"admin:{name}_changelist")
    with CaptureQueriesContext(connection) as asked:
        answer = desk.post(address, {"q": typed}, follow=True)
    assert answer.status_code == 200
    said = " ".join(query["sql"] for query in asked)
    assert ID_NUMBER not in said
    assert PHONE not in said
    assert "138 0000 0001" not in said


def test_a_name_is_still_found_and_a_number_beside_it_finds_nobody(worker):
    assert list(Worker.objects.named("王伟")) == [worker]
    with CaptureQueriesContext(connection) as asked:
        assert not Worker.objects.named(f"王伟{ID_NUMBER}").exists()
    assert not asked.captured_queries
