"""A number that passed to somebody else opens nothing: the account is held until identity is proved."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts import stepup
from accounts.middleware import HeldSessionsProveFirst
from accounts.models import PhoneCode, User
from tests.portal.addresses import all_addresses

IDENTITY = "/accounts/identity/"


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """The registry knows 王伟 with 01234X."""
    monkeypatch.setattr(stepup, "_check", lambda user, name, last6: (name, last6) == ("王伟", "01234X"))


@pytest.fixture
def enter(last_code):
    """`enter(client)`: sign 王伟's number in with that browser."""

    def sign_in(client):
        PhoneCode.objects.all().delete()
        client.post("/accounts/login/", {"phone": "13800000001"})
        return client.post("/accounts/login/code/confirm/", {"code": last_code()})

    return sign_in


def rest(days):
    User.objects.update(last_login=timezone.now() - timedelta(days=days))


def held(client):
    return bool(client.session.get("held"))


def test_a_new_browser_after_ninety_days_is_held(wang_wei, client, enter):
    rest(90)
    enter(client)
    assert held(client)


def test_a_new_browser_the_week_after_is_not(wang_wei, client, enter):
    rest(89)
    enter(client)
    assert not held(client)


def test_the_persons_own_browser_is_never_held(wang_wei, client, enter):
    enter(client)
    client.post("/accounts/logout/")
    rest(200)
    enter(client)
    assert not held(client)


def test_somebody_new_is_not_held(db, client, enter):
    enter(client)
    assert not held(client)


def test_signing_in_again_does_not_lift_the_hold(wang_wei, client, enter):
    rest(90)
    enter(client)
    client.post("/accounts/logout/")
    for browser in (client, Client()):
        enter(browser)
        assert held(browser)


def test_name_and_last_six_lift_it_for_this_and_later_sign_ins(wang_wei, client, enter):
    rest(90)
    enter(client)
    answer = client.post(IDENTITY, {"name": "王伟", "id_last6": "01234x", "next": "/me/notices/"})
    assert answer["Location"] == "/me/notices/"
    assert answer.cookies["device"]
    assert not held(client)
    client.post("/accounts/logout/")
    enter(client)
    assert not held(client)


def test_guessing_ends_after_five_tries_a_day(wang_wei, client, enter):
    rest(90)
    enter(client)
    for _ in range(5):
        answer = client.post(IDENTITY, {"name": "王伟", "id_last6": "999999"})
        assert "不对" in answer.content.decode()
    answer = client.post(IDENTITY, {"name": "王伟", "id_last6": "01234X"})
    assert "试错次数太多" in answer.content.decode()
    assert held(client)


def test_without_an_id_number_on_file_an_official_must_look(wang_wei, client, enter, monkeypatch):
    monkeypatch.setattr(stepup, "_check", lambda user, name, last6: None)
    rest(90)
    enter(client)
    assert "由工作人员核对" in client.post(IDENTITY, {"name": "王伟", "id_last6": "01234X"}).content.decode()
    assert held(client)


CLOSED = [address for address in all_addresses() if getattr(address.callback, "login_required", True)]
WAYS_OUT = {"accounts:stepup", "accounts:not_mine", "account_logout"}


@pytest.mark.parametrize("address", CLOSED, ids=str)
def test_no_address_has_to_remember_the_check(rf, address):
    """Every address that is not public is closed to a held session by one middleware, the ways out excepted."""
    request = rf.get("/me/profile/?a=1")
    request.session, request.resolver_match = {"held": True}, SimpleNamespace(view_name=address.name)
    middleware = HeldSessionsProveFirst(lambda request: HttpResponse("data"))
    answer = middleware.process_view(request, address.callback, (), {})
    if address.name in WAYS_OUT:
        assert answer is None
    else:
        assert answer["Location"] == "/accounts/identity/?next=%2Fme%2Fprofile%2F%3Fa%3D1"
    request.session = {}
    assert middleware.process_view(request, address.callback, (), {}) is None


OWN_PAGES = [
    "/me/",
    "/me/notices/",
    "/me/applications/",
    "/me/cases/",
    "/me/profile/",
    "/me/profile/pay/",
    "/me/identify/",
    "/me/housing/",
    "/housing/apply/",
    "/accounts/sessions/",
]


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_held_session_sees_no_page_of_its_own(wang_wei, client, enter, path):
    rest(90)
    enter(client)
    assert client.get(path)["Location"] == f"{IDENTITY}?next={path.replace('/', '%2F')}"
    assert client.get("/jobs/").status_code == 200


def test_a_held_broker_reaches_no_client(du_gaotian, client, last_code):
    User.objects.update(last_login=timezone.now() - timedelta(days=90))
    client.post("/accounts/login/", {"phone": "13800000011"})
    client.post("/accounts/login/code/confirm/", {"code": last_code()})
    assert held(client)
    for path in ("/broker/", "/broker/people/", "/broker/mandates/new/"):
        assert client.get(path)["Location"].startswith(IDENTITY)
    assert client.post("/broker/applications/1/phone/")["Location"] == IDENTITY


def test_whoever_got_the_number_anew_starts_an_account_of_their_own(wang_wei, client, enter):
    rest(90)
    enter(client)
    client.post("/accounts/identity/not-mine/")
    wang_wei.refresh_from_db()
    assert wang_wei.phone is None
    assert "_auth_user_id" not in client.session
    enter(client)
    assert int(client.session["_auth_user_id"]) != wang_wei.pk
    assert not held(client)


def test_nobody_gives_up_a_number_that_is_not_held(wang_wei, client, enter):
    enter(client)
    client.post("/accounts/identity/not-mine/")
    wang_wei.refresh_from_db()
    assert wang_wei.phone.open() == "13800000001"


def test_the_check_is_not_there_for_those_who_need_none(wang_wei, client, enter):
    enter(client)
    assert client.get(IDENTITY)["Location"] == "/me/"
