"""Wrong passwords: a stranger locks nobody out, and guessing stays bounded all the same."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client, RequestFactory

from accounts import attempts, devices, passwords
from accounts.models import Attempt, KnownDevice
from accounts.services import people
from tests.accounts.test_staff import FACTOR, sign_in, text_of, totp
from tests.races import at_once, meeting, passed

WRONG = "wrong-password-1"
TOO_MANY = "试错次数太多"


@pytest.fixture
def official(jiangjin_official, enrolled):
    enrolled(jiangjin_official)
    return jiangjin_official


@pytest.fixture
def own_browser(official):
    """The official's own: signed in with both factors before, and out again."""
    client = Client()
    sign_in(client, official, "a-long-password-1")
    assert client.post(FACTOR, {"code": totp()}).cookies["device"]
    client.post("/accounts/logout/")
    return client


def guess(client, official, times, address="203.0.113.9"):
    return [text_of(sign_in(client, official, WRONG, REMOTE_ADDR=address)) for _ in range(times)]


def guess_from_everywhere(official, times):
    """As a stranger with many addresses would."""
    for n in range(times):
        guess(Client(), official, 1, address=f"198.51.{n // 250}.{n % 250}")


def test_a_stranger_elsewhere_locks_only_that_address(official):
    pages = guess(Client(), official, 7)
    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True] * 2
    assert sign_in(Client(), official, "a-long-password-1", REMOTE_ADDR="192.0.2.7")["Location"] == FACTOR


def test_a_stranger_in_the_same_house_does_not_lock_the_own_browser(official, own_browser):
    """Offices share an address; there the browser that signed in before is counted for itself."""
    guess(Client(), official, 7, address="127.0.0.1")
    assert sign_in(own_browser, official, "a-long-password-1")["Location"] == FACTOR


def test_many_addresses_use_up_the_name_but_not_the_own_browser(official, own_browser):
    guess_from_everywhere(official, 100)
    anywhere = sign_in(Client(), official, "a-long-password-1", REMOTE_ADDR="192.0.2.7")
    assert TOO_MANY in text_of(anywhere)
    assert "用过的电脑" in text_of(anywhere)
    assert sign_in(own_browser, official, "a-long-password-1", REMOTE_ADDR="192.0.2.7")["Location"] == FACTOR


def test_the_own_browser_has_five_guesses_wherever_it_is(official, own_browser):
    for n in range(5):
        guess(own_browser, official, 1, address=f"192.0.2.{n}")
    assert TOO_MANY in text_of(sign_in(own_browser, official, "a-long-password-1", REMOTE_ADDR="192.0.2.77"))


def test_one_officials_browser_is_a_stranger_to_another_name(official, own_browser, fengjie_official, enrolled):
    enrolled(fengjie_official)
    guess_from_everywhere(fengjie_official, 100)
    assert TOO_MANY in text_of(sign_in(own_browser, fengjie_official, "a-long-password-1"))


def test_the_password_alone_makes_no_browser_known(official):
    client = Client()
    sign_in(client, official, "a-long-password-1")
    assert not KnownDevice.objects.exists()
    assert "device" not in client.cookies


def test_the_browser_in_which_the_second_factor_was_set_up_is_known(jiangjin_official, enrolled):
    import re
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    client = Client()
    sign_in(client, jiangjin_official, enrolled(jiangjin_official, totp=False))
    page = text_of(client.get("/accounts/2fa/totp/activate/"))
    secret = re.search(r'class="masked">([A-Z2-7]+)<', page)[1]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).cookies["device"]
    assert KnownDevice.objects.get().user == jiangjin_official


def test_a_day_of_guessing_from_everywhere_is_bounded(db, at):
    """With any number of addresses: 100 guesses an hour at a password of twelve characters, and TOTP behind it."""
    judged, factory = 0, RequestFactory()
    for n in range(3 * 180):
        request = factory.post("/", REMOTE_ADDR=f"198.51.{n // 250}.{n % 250}")
        try:
            passwords.spend(request, "jiangjin", at=at + timedelta(seconds=20 * n))
            judged += 1
        except attempts.TooManyAttempts:
            pass
    print(f"guesses judged in three hours from {n} addresses: {judged}")
    assert judged == 300


def test_an_ipv6_customer_is_one_address(official):
    for n in range(5):
        guess(Client(), official, 1, address=f"2001:db8:1:2::{n:x}")
    assert TOO_MANY in guess(Client(), official, 1, address="2001:db8:1:2:ffff::1")[0]


def test_no_spelling_of_a_name_counts_for_another(db, rf, at):
    """A typed name is no way to fill the counts of a place or of somebody else."""
    there = rf.post("/", REMOTE_ADDR="198.51.100.1")
    here = rf.post("/", REMOTE_ADDR="192.0.2.7")
    for n in range(5):
        passwords.spend(there, "address 192.0.2.7 jiangjin", at=at + timedelta(seconds=n))
    for case in ("jiangjin", "JIANGJIN", "JiangJin", "jiangjin", "jiangJIN"):
        passwords.spend(here, case, at=at)
    with pytest.raises(attempts.TooManyAttempts):
        passwords.spend(here, "jiangjin", at=at)


def test_a_refused_guess_counts_nowhere(db, rf, at):
    """Else one address could use up the whole name by itself."""
    request = rf.post("/", REMOTE_ADDR="198.51.100.1")
    for _ in range(5):
        passwords.spend(request, "jiangjin", at=at)
    for _ in range(200):
        with pytest.raises(attempts.TooManyAttempts):
            passwords.spend(request, "jiangjin", at=at)
    assert Attempt.objects.filter(kind=Attempt.Kind.PASSWORD_NAME).count() == 5
    passwords.spend(rf.post("/", REMOTE_ADDR="192.0.2.7"), "jiangjin", at=at)


@pytest.fixture
def five_per_name(monkeypatch):
    monkeypatch.setattr(passwords, "PASSWORD_FAILURES_PER_NAME", (5, timedelta(hours=1)))


def guesses_at_once(at):
    requests = [RequestFactory().post("/", REMOTE_ADDR=f"192.0.2.{number}") for number in range(8)]
    return passed(at_once(*(partial(passwords.spend, request, "jiangjin", at=at) for request in requests)))


def test_eight_addresses_at_once_meet_the_bound_of_the_name(transactional_db, at, five_per_name):
    assert len(guesses_at_once(at)) == 5


def test_without_the_lock_the_same_race_is_lost(transactional_db, at, five_per_name, monkeypatch):
    """The negative control: everybody counts before anybody writes."""
    monkeypatch.setattr(attempts, "queue_for", meeting(8, patience=0.5))
    assert len(guesses_at_once(at)) > 5


def test_a_reset_by_the_city_lifts_the_bounds_and_forgets_the_browsers(official, own_browser, city_official, at):
    guess_from_everywhere(official, 100)
    people.reset_second_factor(official, by=city_official, at=at, reason="已当面核对")
    assert sign_in(Client(), official, "a-long-password-1", REMOTE_ADDR="192.0.2.7")["Location"] == "/accounts/landing/"
    assert not devices.KnownDevice.objects.exists()
