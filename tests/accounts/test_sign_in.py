"""Workers and brokers sign in by phone and code; strangers learn nothing about who has an account."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import KnownDevice, PhoneCode, User
from core import audit

LOGIN, CODE = "/accounts/login/", "/accounts/login/code/confirm/"


def ask(client, phone="13800000001", **more):
    return client.post(LOGIN, {"phone": phone, **more})


def enter(client, code, **more):
    return client.post(CODE, {"code": code, **more})


def text_of(response):
    return response.content.decode()


def test_a_worker_signs_in_with_phone_and_code(wang_wei, client, last_code):
    assert ask(client)["Location"] == CODE
    assert enter(client, last_code())["Location"] == "/accounts/landing/"
    assert client.get("/accounts/landing/")["Location"] == "/me/"
    assert int(client.session["_auth_user_id"]) == wang_wei.pk


def test_a_broker_lands_on_the_workbench(du_gaotian, client, last_code):
    ask(client, "13800000011")
    enter(client, last_code())
    assert client.get("/accounts/landing/")["Location"] == "/broker/"


def test_an_unknown_number_becomes_a_workers_account(db, client, last_code):
    ask(client, "13912345678")
    assert not User.objects.exists()
    enter(client, last_code())
    user = User.objects.get()
    assert (user.role, user.is_staff, user.has_usable_password()) == ("worker", False, False)
    assert user.phone.open() == "13912345678"
    assert audit.timeline(user).get().verb == "accounts.registered"


def test_the_same_number_in_another_spelling_is_the_same_account(wang_wei, client, last_code):
    ask(client, "+86 １３８-0000-0001")
    enter(client, last_code())
    assert User.objects.count() == 1


def test_where_the_person_wanted_to_go_is_kept(wang_wei, client, last_code):
    page = client.get(f"{LOGIN}?next=/me/notices/")
    assert 'name="next" value="/me/notices/"' in text_of(page)
    ask(client, next="/me/notices/")
    assert enter(client, last_code())["Location"] == "/me/notices/"


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_led_to_a_foreign_site(wang_wei, client, last_code, evil):
    ask(client, next=evil)
    assert enter(client, last_code())["Location"] == "/accounts/landing/"


def test_the_page_can_be_left_and_opened_again(wang_wei, client, last_code):
    ask(client)
    assert "去填验证码" in text_of(client.get(LOGIN))
    page = text_of(client.get(CODE))
    assert "138 0000 0001" in page
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    enter(client, last_code())
    assert "_auth_user_id" in client.session


def test_without_a_number_the_code_page_leads_back(db, client):
    assert client.get(CODE)["Location"] == LOGIN
    assert enter(client, "123456")["Location"] == LOGIN


def test_asking_again_within_a_minute_leads_to_the_code_already_sent(wang_wei, client, sink, last_code):
    ask(client)
    assert ask(client)["Location"] == CODE
    assert len(sink()) == 1
    enter(client, last_code())
    assert "_auth_user_id" in client.session


def test_another_browser_must_wait_and_is_told_how_long(wang_wei, client, sink):
    ask(client)
    answer = ask(Client())
    assert re.search(r"请 \d+ 秒后再试", text_of(answer))
    assert len(sink()) == 1


def test_resending_within_a_minute_is_refused_in_words(wang_wei, client, sink):
    ask(client)
    again = client.post(CODE, {"action": "resend"}, follow=True)
    assert re.search(r"请 \d+ 秒后再试", text_of(again))
    assert len(sink()) == 1


def test_resending_after_a_minute_replaces_the_code(wang_wei, client, sink, last_code):
    ask(client)
    PhoneCode.objects.update(sent_at=timezone.now() - timedelta(seconds=61))
    client.post(CODE, {"action": "resend"})
    assert len(sink()) == 2
    enter(client, last_code())
    assert "_auth_user_id" in client.session


def test_a_wrong_code_says_so_at_the_field_and_keeps_the_page(wang_wei, client, last_code):
    ask(client)
    wrong = f"{(int(last_code()) + 1) % 1_000_000:06}"
    page = text_of(enter(client, wrong))
    assert "<title>错误：" in page
    assert "验证码不对" in page
    assert wrong in page


def test_the_code_of_one_browser_is_worthless_in_another(wang_wei, client, last_code):
    ask(client)
    other = Client()
    ask(other, "13800000002")
    assert "_auth_user_id" not in other.session
    enter(other, last_code())
    code_for_first = last_code()
    thief = Client()
    thief.get(LOGIN)
    enter(thief, code_for_first)
    assert "_auth_user_id" not in thief.session


@pytest.mark.parametrize("typed", ["", "abc", "1" * 5000, "\x00", "１３８"])
def test_what_is_no_number_gets_a_sentence_at_the_field(db, client, typed):
    answer = ask(client, typed)
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in text_of(answer)


def neutral(response, phone):
    """The answer without what differs between any two requests: token, number and its code in the demo notice."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text_of(response))
    text = text.replace(f"{phone[:3]} {phone[3:7]} {phone[7:]}", "N")
    return re.sub(r"\d{6}，", "C，", text).replace(phone, "N")


def test_known_and_unknown_numbers_get_the_same_bytes_and_the_same_work(wang_wei):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def journey(phone):
        client, seen, work = Client(), [], []
        for step in (
            lambda: ask(client, phone),
            lambda: client.get(CODE),
            lambda: enter(client, "00000x"),
            lambda: ask(client, phone),
            lambda: client.get(CODE),
        ):
            with CaptureQueriesContext(connection) as asked:
                response = step()
            seen.append((response.status_code, response.get("Location"), neutral(response, phone)))
            work.append([re.sub(r"'[^']*'| ?-?\d+", "?", query["sql"])[:60] for query in asked.captured_queries])
        return seen, work

    journey("13700000000")  # fills caches
    known, unknown = journey("13800000001"), journey("13912345678")
    assert known[0] == unknown[0]
    assert known[1] == unknown[1]
    assert not [sql for step in known[1] for sql in step if "accounts_user" in sql]


def test_a_closed_account_is_told_whom_to_call(wang_wei, client, last_code):
    User.objects.update(is_active=False)
    ask(client)
    answer = client.post(CODE, {"code": last_code()}, follow=True)
    assert "这个账户已停用" in text_of(answer)
    assert "_auth_user_id" not in client.session


def test_a_phone_never_opens_an_officials_account(jiangjin_official, client, last_code):
    from accounts import phones

    jiangjin_official.phone, jiangjin_official.phone_index = "13700000000", phones.index("13700000000")
    jiangjin_official.save()
    ask(client, "13700000000")
    assert "用户名和密码" in text_of(enter(client, last_code()))
    assert "_auth_user_id" not in client.session


def test_the_session_key_changes_at_sign_in(wang_wei, client, last_code):
    ask(client)
    before = client.session.session_key
    enter(client, last_code())
    assert client.session.session_key != before


def test_no_number_and_no_code_stand_in_the_session_table(wang_wei, client, last_code):
    ask(client)
    code = last_code()
    for session in Session.objects.all():
        assert "13800000001" not in str(session.get_decoded())
        assert code not in str(session.get_decoded())
    enter(client, code)
    for session in Session.objects.all():
        assert "13800000001" not in str(session.get_decoded())


def test_the_demo_shows_the_message_on_the_page_and_nowhere_else(wang_wei, client, settings, last_code):
    ask(client)
    assert f"验证码 {last_code()}" in text_of(client.get(CODE))
    settings.DEMO = False
    page = text_of(client.get(CODE))
    assert last_code() not in page
    assert "演示" not in page


def test_a_busy_address_answers_a_sum_and_goes_on(db, client, sink):
    for n in range(20):
        assert ask(Client(), f"139{n:08}")["Location"] == CODE
    asked = ask(client, "13700000000", next="/me/notices/")
    assert asked["Location"].startswith("/accounts/question/?next=")
    assert len(sink()) == 20
    page = text_of(client.get(asked["Location"]))
    wrong = client.post("/accounts/question/", {"answer": "0", "next": LOGIN})
    assert wrong.status_code == 200
    first, second = client.session["question"]
    assert page.count("加") >= 1
    answered = client.post("/accounts/question/", {"answer": str(first + second), "next": f"{LOGIN}?next=/me/notices/"})
    assert answered["Location"] == f"{LOGIN}?next=/me/notices/"
    assert 'value="13700000000"' in text_of(client.get(answered["Location"]))
    assert ask(client, "13700000000")["Location"] == CODE
    assert len(sink()) == 21


def test_an_address_behind_proxies_is_the_one_the_outermost_trusted_proxy_wrote(rf, settings):
    from accounts import address

    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7, 10.0.0.2")
    assert address.of(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 2
    assert address.of(request) == "203.0.113.7"
    settings.TRUSTED_PROXIES = 9
    assert address.of(request) == "6.6.6.6"
    assert address.of(rf.get("/", REMOTE_ADDR="nonsense")) == "0.0.0.0"


def test_a_browser_is_remembered_with_a_cookie_that_scripts_cannot_read(wang_wei, client, last_code):
    ask(client)
    cookie = enter(client, last_code()).cookies["device"]
    assert cookie["httponly"]
    assert KnownDevice.objects.get().user == wang_wei
    assert cookie.value.encode() not in bytes(KnownDevice.objects.get().digest)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/abc/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/password/set/",
        "/accounts/phone/verify/",
        "/accounts/phone/change/",
        "/accounts/2fa/totp/deactivate/",
    ],
)
def test_what_this_portal_does_not_offer_is_not_there(wang_wei, client, client_of, path):
    assert client.get(path).status_code == 404
    assert client_of(wang_wei).get(path).status_code == 404


def test_signing_up_and_signing_in_are_one_door(db, client):
    assert client.get("/accounts/signup/")["Location"] == LOGIN
    assert client.post("/accounts/signup/", {"username": "x", "password1": "a-long-password-1"}).status_code == 405
    assert client.get("/accounts/")["Location"] == LOGIN


def test_a_person_lists_and_ends_sessions(wang_wei, li_fang, last_code):
    phone_browser, old_browser, stranger = Client(), Client(headers={"user-agent": "MicroMessenger Android"}), Client()
    for browser, number in ((phone_browser, "13800000001"), (stranger, "13800000002")):
        ask(browser, number)
        enter(browser, last_code())
    PhoneCode.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    ask(old_browser)
    enter(old_browser, last_code())
    page = text_of(phone_browser.get("/accounts/sessions/"))
    assert "安卓手机 · 微信" in page
    mine = re.search(r"/accounts/sessions/(\d+)/end/", page)[1]
    assert stranger.post(f"/accounts/sessions/{mine}/end/").status_code == 404
    assert phone_browser.post(f"/accounts/sessions/{mine}/end/").status_code == 302
    assert "/accounts/login/" in old_browser.get("/me/notices/")["Location"]
    assert stranger.get("/me/notices/").status_code == 200


def test_signing_out_needs_a_post(wang_wei, client_of):
    client = client_of(wang_wei)
    assert "要退出登录吗" in text_of(client.get("/accounts/logout/"))
    assert client.get("/me/notices/").status_code == 200
    client.post("/accounts/logout/")
    assert "/accounts/login/" in client.get("/me/notices/")["Location"]


def test_posts_without_a_token_are_refused(db):
    client = Client(enforce_csrf_checks=True)
    assert ask(client).status_code == 403
    assert not PhoneCode.objects.exists()


@pytest.mark.parametrize("after", ["[]", "admin:index", "accounts", "😀"])
def test_an_odd_address_to_return_to_is_no_failure(client_of, wang_wei, after):
    """A bare word is an address relative to this one, never the name of a view."""
    answer = client_of(wang_wei).get("/accounts/login/", {"next": after})
    assert answer.status_code == 302
    assert not answer.url.startswith("/admin/")
