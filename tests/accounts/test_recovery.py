"""A changed or lost phone: filed with a proved number, decided by an official, told to both numbers."""

import re

import pytest
from django.test import Client

from accounts import stepup
from accounts.models import KnownDevice, RecoveryRequest, User
from accounts.services import people, recovery
from core import audit
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved

FORM = {
    "name": "王伟",
    "id_last6": "01234x",
    "district": "500116",
    "old_phone": "13800000001",
    "phone": "139 0000 0009",
    "note": "手机丢了",
}
URL = "/accounts/recover/"


def text_of(response):
    return response.content.decode()


def file(at, **changes):
    about = {"name": "王伟", "id_last6": "01234X", "old_phone": "13800000001", "new_phone": "13900000009", "note": ""}
    about["district"] = "500116"
    return recovery.file(**{**about, **changes}, at=at)


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """The registry's answer to (account, name, last six): 王伟 with 01234X."""
    monkeypatch.setattr(stepup, "_check", lambda user, name, last6: (name, last6) == ("王伟", "01234X"))


def test_recovery_is_one_tap_from_the_login_page(client, db):
    assert f'href="{URL}"' in text_of(client.get("/accounts/login/"))


def test_a_person_files_with_a_code_to_the_new_number(wang_wei, client, last_code, sink):
    asked = text_of(client.post(URL, FORM))
    assert "139 0000 0009" in asked
    assert 'value="王伟"' in asked
    done = client.post(URL, {**FORM, "code": last_code()}, follow=True)
    row = RecoveryRequest.objects.get()
    assert row.reference in text_of(done)
    assert (row.account, row.state, row.name.open(), row.id_last6.open()) == (wang_wei, "filed", "王伟", "01234X")
    assert (row.district_id, row.note.open()) == ("500116", "手机丢了")
    assert (sink()[-1]["to"], sink()[-1]["event"]) == ("13900000009", "accounts.recovery_filed")


def test_nothing_is_filed_without_the_right_code(wang_wei, client, last_code):
    client.post(URL, FORM)
    wrong = f"{(int(last_code()) + 1) % 1_000_000:06}"
    answer = text_of(client.post(URL, {**FORM, "code": wrong}))
    assert "验证码不对" in answer
    assert "手机丢了" in answer
    assert not RecoveryRequest.objects.exists()


def test_the_code_of_one_number_does_not_file_another(wang_wei, client, last_code):
    client.post(URL, FORM)
    client.post(URL, {**FORM, "phone": "13900000010", "code": last_code()})
    assert not RecoveryRequest.objects.exists()


def test_filing_says_nothing_about_whether_the_old_number_is_known(wang_wei, last_code):
    def journey(old_phone, phone):
        client, form = Client(), {**FORM, "old_phone": old_phone, "phone": phone}
        pages = [client.post(URL, form), client.post(URL, {**form, "code": last_code()}, follow=True)]
        text = "".join(text_of(page) for page in pages).replace(old_phone, "O").replace(phone, "N")
        text = text.replace(f"{phone[:3]} {phone[3:7]} {phone[7:]}", "N")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|R\d{10}|\d{6}，|value="\d{6}"', "", text)

    assert journey("13800000001", "13900000001") == journey("13777777777", "13900000002")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "王" * 500),
        ("id_last6", "12345"),
        ("id_last6", "X12345"),
        ("id_last6", "510223199001011234"),
        ("phone", "123"),
        ("old_phone", "abc"),
        ("phone", "13800000001"),
        ("note", "长" * 300),
        ("district", ""),
        ("district", "110101"),
        ("district", "500116001"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(db, client, sink, field, typed):
    answer = client.post(URL, {**FORM, field: typed})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in text_of(answer)
    assert "手机丢了" in text_of(answer) or field == "note"
    assert sink() == []


def test_one_number_has_one_open_request(db, at):
    file(at)
    with pytest.raises(Refusal, match="已有一份申请"):
        file(at)


def test_the_receipt_survives_a_bookmark_in_this_browser_only(wang_wei, client, last_code):
    client.post(URL, FORM)
    client.post(URL, {**FORM, "code": last_code()})
    assert client.get("/accounts/recover/done/").status_code == 200
    assert Client().get("/accounts/recover/done/")["Location"] == URL


def test_what_was_typed_rests_sealed(db, at):
    file(at, note="原来的身份证也丢了")
    row = RecoveryRequest.objects.values().get()
    stored = b"".join(bytes(value) for value in row.values() if isinstance(value, memoryview))
    for secret in ("王伟", "01234X", "13800000001", "13900000009", "原来的身份证也丢了"):
        assert secret.encode() not in stored
        assert secret not in str(row)


def test_key_rotation_covers_everything_that_was_typed():
    from core.rotation import sealed_fields

    sealed = {field.label.partition(".")[2] for field in sealed_fields() if field.model is RecoveryRequest}
    assert sealed == {"name", "id_last6", "old_phone", "new_phone", "note"}


def test_an_official_gives_the_account_its_new_number(wang_wei, jiangjin_official, at, sink, client_of):
    old_browser = client_of(wang_wei)
    session_of(wang_wei, old_browser)
    KnownDevice.objects.create(user=wang_wei, digest=b"x" * 32, first_seen_at=at, last_seen_at=at)
    recovery.approve(file(at), by=jiangjin_official, at=at, reason="身份证已核对")
    wang_wei.refresh_from_db()
    assert wang_wei.phone.open() == "13900000009"
    assert people.enter("13900000009", at=at) == wang_wei
    assert people.enter("13800000001", at=at) != wang_wei
    assert not KnownDevice.objects.exists()
    assert "/accounts/login/" in old_browser.get("/me/notices/")["Location"]
    told = {(message["to"], message["event"]) for message in sink()}
    assert ("13800000001", "accounts.phone_moved_away") in told
    assert ("13900000009", "accounts.phone_changed") in told
    assert [entry.verb for entry in audit.timeline(wang_wei)] == ["accounts.phone_changed"]


def session_of(user, client):
    """What signing in by the pages leaves for the list of sessions."""
    from allauth.usersessions.models import UserSession

    key = client.session.session_key
    UserSession.objects.get_or_create(session_key=key, defaults={"user": user, "ip": "127.0.0.1", "user_agent": "x"})


def test_an_account_opened_with_the_new_number_meanwhile_gives_way(wang_wei, city_official, at):
    meanwhile = people.enter("13900000009", at=at)
    recovery.approve(file(at), by=city_official, at=at, reason="已核对")
    meanwhile.refresh_from_db()
    assert (meanwhile.is_active, meanwhile.phone) == (False, None)
    assert people.enter("13900000009", at=at) == wang_wei


def test_a_refusal_tells_the_new_number_why(wang_wei, city_official, at, sink):
    recovery.refuse(file(at), by=city_official, at=at, reason="姓名不符")
    assert "姓名不符" in sink()[-1]["text"]
    wang_wei.refresh_from_db()
    assert wang_wei.phone.open() == "13800000001"


def test_two_officials_at_once_make_one_decision(wang_wei, city_official, jiangjin_official, at):
    request = file(at)
    recovery.refuse(request, by=jiangjin_official, at=at, reason="姓名不符")
    with pytest.raises(AlreadyMoved, match="江津经办"):
        recovery.approve(request, by=city_official, at=at, reason="已核对")


@pytest.mark.parametrize("who", ["wang_wei", "du_gaotian", "auditor", "fengjie_official"])
@pytest.mark.parametrize("step", ["approve", "propose", "confirm", "refuse"])
def test_nobody_else_decides(request, wang_wei, at, who, step):
    filed = file(at)
    with pytest.raises(NotAllowed):
        getattr(recovery, step)(filed, by=request.getfixturevalue(who), at=at, reason="x")
    assert RecoveryRequest.objects.get().state == "filed"


def test_officials_see_masks_until_they_ask_and_asking_is_recorded(wang_wei, city_official, at, client_of):
    row, client = file(at, note="说明里有别人的电话"), client_of(city_official)
    url = f"/admin/accounts/recoveryrequest/{row.pk}/decide/approve/"
    for page in ("/admin/accounts/recoveryrequest/", f"/admin/accounts/recoveryrequest/{row.pk}/change/", url):
        text = text_of(client.get(page))
        assert "01234X" not in text
        assert "王伟" not in text
        assert "13900000009" not in text
        assert "别人的电话" not in text
    shown = text_of(client.post(url, {"reveal": "1"}))
    assert "01234X" in shown
    assert "王伟" in shown
    assert "别人的电话" in shown
    assert "<td>一致</td>" in shown
    entries = list(audit.timeline(row).values_list("verb", "actor_id"))
    assert entries[-1] == ("accounts.recovery_read", city_official.pk)
    assert RecoveryRequest.objects.get().state == "filed"


def test_nothing_is_shown_when_looking_cannot_be_recorded(wang_wei, city_official, at, client_of, monkeypatch):
    row, client = file(at), client_of(city_official)
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise RuntimeError("audit table locked")

    monkeypatch.setattr(audit, "record", broken)
    answer = client.post(f"/admin/accounts/recoveryrequest/{row.pk}/decide/approve/", {"reveal": "1"})
    assert answer.status_code == 500
    assert "01234X" not in text_of(answer)


def test_an_official_decides_by_button(wang_wei, jiangjin_official, at, client_of):
    row, client = file(at), client_of(jiangjin_official)
    page = text_of(client.get(f"/admin/accounts/recoveryrequest/{row.pk}/change/"))
    url = f"/admin/accounts/recoveryrequest/{row.pk}/decide/approve/"
    assert url in page
    assert "一名工作人员核对后即可换绑" in page
    assert "必填" in text_of(client.post(url, {"reason": ""}))
    done = client.post(url, {"reason": "身份证已核对"}, follow=True)
    assert "已办理：核对无误，换绑新号码" in text_of(done)
    assert RecoveryRequest.objects.get().decided_by == jiangjin_official
    again = client.post(url, {"reason": "身份证已核对"}, follow=True)
    assert "已先行办理" in text_of(again)
    assert "身份证已核对" in text_of(client.get(f"/admin/accounts/recoveryrequest/{row.pk}/change/"))


def test_auditors_look_and_do_not_decide(wang_wei, auditor, at, client_of):
    row, client = file(at), client_of(auditor)
    page = client.get(f"/admin/accounts/recoveryrequest/{row.pk}/change/")
    assert page.status_code == 200
    assert "/decide/" not in text_of(page)
    assert client.get(f"/admin/accounts/recoveryrequest/{row.pk}/decide/approve/").status_code == 403
    assert client.get("/admin/accounts/recoveryrequest/999999/decide/approve/").status_code == 404


def test_the_officials_list_asks_no_more_queries_when_it_grows(
    wang_wei, city_official, at, client_of, queries_do_not_grow
):
    file(at)

    def add():
        for n in range(10):
            file(at, new_phone=f"1370000{n:04}")

    queries_do_not_grow(client_of(city_official), "/admin/accounts/recoveryrequest/", add)


def test_users_are_found_by_number_or_account_number(wang_wei, city_official):
    assert recovery.find_account("138 0000 0001") == wang_wei
    assert recovery.find_account(str(wang_wei.pk)) == wang_wei
    assert recovery.find_account(str(city_official.pk)) is None
    assert User.objects.count() == 2
