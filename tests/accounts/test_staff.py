"""Officials: password and TOTP, forced; guesses counted; nothing reachable half-way."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts import demo
from accounts.models import Attempt, FactorSecret, User
from tests.races import at_once, passed

LOGIN, FACTOR = "/accounts/login/", "/accounts/2fa/authenticate/"


def totp(step=0):
    return format_hotp_value(hotp_value(demo.TOTP_SECRET, int(time.time()) // 30 + step))


def sign_in(client, user, password, *, REMOTE_ADDR="127.0.0.1", **more):
    return client.post(LOGIN, {"login": user.username, "password": password, **more}, REMOTE_ADDR=REMOTE_ADDR)


def text_of(response):
    return response.content.decode()


def test_password_then_totp_then_work(jiangjin_official, client, enrolled):
    password = enrolled(jiangjin_official)
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    door = client.get("/admin/", follow=True)
    assert "工作人员登录" in text_of(door)
    assert sign_in(client, jiangjin_official, password, next="/admin/")["Location"] == FACTOR
    assert "_auth_user_id" not in client.session
    assert client.post(FACTOR, {"code": totp()})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_password_alone_opens_nothing(jiangjin_official, client, enrolled):
    sign_in(client, jiangjin_official, enrolled(jiangjin_official))
    assert "/accounts/login/" in client.get("/me/notices/")["Location"]
    assert "login" in client.get("/admin/")["Location"]


OWN_PAGES = [
    "/",
    "/admin/",
    "/admin/accounts/user/",
    "/admin/core/auditentry/",
    "/admin/password_change/",
    "/me/notices/",
    "/accounts/landing/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/password/change/",
    "/accounts/recover/",
]


@pytest.mark.parametrize("path", OWN_PAGES)
def test_an_official_without_totp_reaches_only_its_set_up(city_official, path):
    client = Client()
    client.force_login(city_official)
    assert client.get(path)["Location"] == "/accounts/2fa/totp/activate/"
    assert client.post(path).status_code == 302


@pytest.mark.parametrize("path", OWN_PAGES)
def test_an_official_who_has_not_used_totp_in_this_session_reaches_only_its_use(city_official, enrolled, path):
    enrolled(city_official)
    client = Client()
    client.force_login(city_official)
    assert client.get(path)["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_setting_up_totp_leads_to_recovery_codes_and_work(city_official, client, enrolled):
    password = enrolled(city_official, totp=False)
    assert sign_in(client, city_official, password)["Location"] == "/accounts/landing/"
    page = client.get("/accounts/landing/", follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/2fa/totp/activate/"
    assert "<svg" in text_of(page)
    secret = re.search(r'class="masked">([A-Z2-7]+)<', text_of(page))[1]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert done.redirect_chain[-1][0] == "/accounts/2fa/recovery-codes/"
    assert len(re.findall(r'<li><span class="masked">\d{8}</span></li>', text_of(done))) == 8
    assert client.get("/admin/").status_code == 200
    assert "mfa.totp.secret" not in client.session


def test_secrets_of_second_factors_rest_sealed(city_official, enrolled):
    enrolled(city_official)
    stored = Authenticator.objects.get().data["secret"]
    assert demo.TOTP_SECRET not in stored
    row = FactorSecret.objects.values("secret", "uuid").get()
    assert str(row["uuid"]) == stored
    assert demo.TOTP_SECRET.encode() not in bytes(row["secret"])
    assert FactorSecret.objects.get().secret.open() == demo.TOTP_SECRET


def test_key_rotation_covers_the_second_factors():
    from core.rotation import sealed_fields

    assert "accounts_factorsecret.secret" in {field.label for field in sealed_fields()}


def test_a_totp_code_is_good_once(jiangjin_official, enrolled):
    password, code = enrolled(jiangjin_official), totp()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, jiangjin_official, password)
        answer = client.post(FACTOR, {"code": code})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session
    assert "刚刚用过" in text_of(answer)


def test_guessing_totp_codes_ends_after_five(jiangjin_official, client, enrolled):
    sign_in(client, jiangjin_official, enrolled(jiangjin_official))
    for _ in range(5):
        assert "验证码不对" in text_of(client.post(FACTOR, {"code": "00000x"}))
    assert "试错次数太多" in text_of(client.post(FACTOR, {"code": totp()}))
    assert "_auth_user_id" not in client.session


def test_guessing_passwords_locks_the_user_name_at_that_address_for_a_while(jiangjin_official, enrolled):
    password = enrolled(jiangjin_official)
    for _ in range(5):
        assert "用户名或密码不对" in text_of(sign_in(Client(), jiangjin_official, "wrong-password-1"))
    assert "试错次数太多" in text_of(sign_in(Client(), jiangjin_official, password))
    Attempt.objects.all().delete()
    assert sign_in(Client(), jiangjin_official, password)["Location"] == FACTOR


def test_a_right_password_does_not_count(jiangjin_official, enrolled):
    password = enrolled(jiangjin_official)
    for _ in range(7):
        assert sign_in(Client(), jiangjin_official, password)["Location"] == FACTOR


def test_known_and_unknown_user_names_get_the_same_answer(jiangjin_official, enrolled):
    enrolled(jiangjin_official)

    def answer(name):
        page = text_of(Client().post(LOGIN, {"login": name, "password": "wrong-password-1"}))
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page).replace(name, "N")

    assert answer(jiangjin_official.username) == answer("nobody")


def test_a_worker_cannot_sign_in_with_a_password(wang_wei, client):
    wang_wei.set_password("a-long-password-1")
    wang_wei.save()
    assert "用户名或密码不对" in text_of(sign_in(client, wang_wei, "a-long-password-1"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("kind", ["wang_wei", "du_gaotian"])
@pytest.mark.parametrize(
    "path",
    ["/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/", "/accounts/password/change/"],
)
def test_the_desks_own_pages_are_not_there_for_workers_and_brokers(request, client_of, kind, path):
    assert client_of(request.getfixturevalue(kind)).get(path).status_code == 404


@pytest.mark.parametrize("kind", ["wang_wei", "du_gaotian"])
def test_workers_and_brokers_cannot_reach_the_admin(request, client_of, kind):
    client = client_of(request.getfixturevalue(kind))
    for path in ("/admin/", "/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/core/auditentry/"):
        assert client.get(path, follow=True).status_code == 403


def test_half_an_hour_idle_signs_an_official_out(jiangjin_official, client_of):
    client = client_of(jiangjin_official)
    assert client.get("/admin/").status_code == 200
    session = client.session
    session["staff_seen"] = int(time.time()) - 31 * 60
    session.save()
    answer = client.get("/admin/accounts/recoveryrequest/")
    assert answer["Location"].startswith("/accounts/login/?staff=1&next=%2Fadmin%2Faccounts")
    assert "30 分钟没有操作" in text_of(client.get(answer["Location"]))
    assert "_auth_user_id" not in client.session


def test_an_official_sees_where_they_are_signed_in_and_signs_the_others_out(jiangjin_official, enrolled):
    """From the desk's header, beside the password and the way out."""
    password = enrolled(jiangjin_official)
    here, elsewhere = Client(), Client()
    for step, client in enumerate((elsewhere, here)):
        sign_in(client, jiangjin_official, password)
        client.post(FACTOR, {"code": totp(step)})
    for page in ("/admin/", "/admin/accounts/recoveryrequest/"):
        assert 'href="/accounts/sessions/"' in text_of(here.get(page))
    listed = text_of(here.get("/accounts/sessions/"))
    assert listed.count("<article") == 2
    other = re.search(r"/accounts/sessions/\d+/end/", listed)[0]
    assert here.post(other)["Location"] == "/accounts/sessions/"
    assert "/accounts/login/" in elsewhere.get("/me/notices/")["Location"]
    assert text_of(here.get("/accounts/sessions/")).count("<article") == 1


def test_the_desk_says_how_many_messages_are_unread(jiangjin_official, client_of, at):
    from accounts import notices

    client = client_of(jiangjin_official)
    assert re.search(r'href="/me/notices/">消息</a>', text_of(client.get("/admin/")))
    for n in range(2):
        notices.send(jiangjin_official, event="x", ref=str(n), text="文", at=at)
    assert re.search(r'href="/me/notices/">消息 2<', text_of(client.get("/admin/")))


def test_no_official_signs_a_colleague_out(jiangjin_official, fengjie_official, enrolled, client_of):
    from allauth.usersessions.models import UserSession

    client = Client()
    sign_in(client, jiangjin_official, enrolled(jiangjin_official))
    client.post(FACTOR, {"code": totp()})
    session = UserSession.objects.get(user=jiangjin_official)
    assert client_of(fengjie_official).post(f"/accounts/sessions/{session.pk}/end/").status_code == 404
    assert client.get("/admin/").status_code == 200


def test_a_worker_stays_signed_in_for_days(wang_wei, client_of):
    assert client_of(wang_wei).session.get_expiry_age() >= 7 * 24 * 3600


def test_printed_passwords_open_nothing_outside_the_demo(db, at, settings):
    demo.seed(at=at)
    official = User.objects.get(username="jiangjin")
    assert sign_in(Client(), official, "jiangjin-demo-2026")["Location"] == FACTOR
    settings.DEMO = False
    assert "用户名或密码不对" in text_of(sign_in(Client(), official, "jiangjin-demo-2026"))


def test_a_second_step_without_its_field_asks_again(jiangjin_official, enrolled):
    client = Client()
    sign_in(client, jiangjin_official, enrolled(jiangjin_official))
    assert client.post(FACTOR, {"id": "1"})["Location"] == FACTOR
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_works_once(jiangjin_official, enrolled):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    password = enrolled(jiangjin_official)
    code = RecoveryCodes.activate(jiangjin_official).get_unused_codes()[0]
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert FactorSecret.objects.filter(uuid=seed).exists()
    for signed_in in (True, False):
        client = Client()
        sign_in(client, jiangjin_official, password)
        client.post(FACTOR, {"code": code})
        assert ("_auth_user_id" in client.session) is signed_in


def test_a_broken_limit_is_not_lost_in_a_race(transactional_db, at):
    """Eight parallel guesses at one subject: five are judged, three refused."""
    from accounts import attempts
    from accounts.enums import TOTP_FAILURES

    judged = passed(at_once(*[lambda: attempts.spend(Attempt.Kind.TOTP, "x", TOTP_FAILURES, at=at)] * 8))
    assert len(judged) == 5
