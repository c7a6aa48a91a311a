"""What no view caught, and what no cache may keep."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.exception import response_for_exception
from django.db import IntegrityError, OperationalError, connection, connections
from django.http import HttpResponse

from core.middleware import Refusals, Unkept


@pytest.mark.django_db(transaction=True)
def test_a_locked_table_is_a_friendly_503_and_not_a_failure(client):
    """As the web waits: a short limit here, so that the test need not wait five seconds."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as holder, connection.cursor() as ours:
            holder.execute("LOCK TABLE wages_wagecode IN ACCESS EXCLUSIVE MODE")
            ours.execute("SET lock_timeout = '50ms'")
            answer = client.get("/wages/code/ABCD-1234/")
            other.rollback()
            ours.execute("SET lock_timeout = '5s'")
    finally:
        other.close()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "系统现在很忙" in answer.content.decode()


@pytest.mark.parametrize(("exception", "status"), [(OperationalError("away"), 503), (IntegrityError("ours"), 500)])
def test_outside_of_the_views_too_only_a_busy_database_is_a_503(rf, settings, exception, status):
    settings.DEBUG = False
    try:
        raise exception
    except Exception as caught:
        answer = response_for_exception(rf.get("/"), caught)
    assert answer.status_code == status


@pytest.mark.parametrize("exception", [OperationalError("away"), ValueError("ours")])
def test_the_pages_of_last_resort_keep_to_the_elder_mode(rf, settings, exception):
    settings.DEBUG = False
    for cookie, elder in (("1", True), ("0", False)):
        request = rf.get("/")
        request.COOKIES["elder"] = cookie
        try:
            raise exception
        except Exception as caught:
            answer = response_for_exception(request, caught)
        assert (b'class="elder"' in answer.content) is elder


def test_the_busy_page_is_for_the_database_only(rf):
    assert Refusals(HttpResponse).process_exception(rf.get("/"), ValueError("ours")) is None


def _answer(request, key, headers=None):
    request.session = SessionStore(key)
    return Unkept(lambda _request: HttpResponse(headers=headers))(request)


def test_a_page_of_a_session_is_kept_by_no_cache(rf):
    assert "no-store" in _answer(rf.get("/me/"), "a-session")["Cache-Control"]


def test_an_answer_to_a_post_stays_in_the_browser_and_nowhere_else(rf):
    assert _answer(rf.post("/me/"), "a-session")["Cache-Control"] == "private"


def test_a_public_page_and_a_page_that_says_for_itself_are_left_alone(rf):
    assert not _answer(rf.get("/jobs/"), None).has_header("Cache-Control")
    assert _answer(rf.get("/qr"), "a-session", {"Cache-Control": "max-age=9"})["Cache-Control"] == "max-age=9"


@pytest.mark.django_db
def test_the_pages_of_a_signed_in_person_carry_it(client_of, wang_wei):
    assert "no-store" in client_of(wang_wei).get("/me/")["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(("charset", "status"), [("utf-7", 400), ("gbk", 400), ("utf8", 200), ("UTF-8", 200)])
def test_a_form_in_another_encoding_is_told_so(client, charset, status):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    answer = client.post("/wages/status/", b"number=1", content_type=kind)
    assert answer.status_code == status
    assert "12333" in answer.content.decode()


@pytest.mark.django_db
def test_garbage_posted_to_an_unknown_address_is_not_found(client):
    answer = client.post("/no/such/page/", b"--x\r\n", content_type="multipart/form-data")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()
