"""Whose office a recovery request is, and when it takes two officials: one who proposes and another who decides."""

import re
import threading
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import stepup
from accounts.models import Notice, RecoveryRequest, User
from accounts.services import people, recovery
from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from tests.accounts.test_recovery import file, text_of

LIST = "/admin/accounts/recoveryrequest/"


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """王伟 is on file with 01234X, 李芳 with nothing."""
    answers = {"王伟": lambda name, last6: (name, last6) == ("王伟", "01234X")}
    monkeypatch.setattr(
        stepup, "_check", lambda user, name, last6: answers.get(str(user), lambda *_: None)(name, last6)
    )


@pytest.fixture
def colleague(db):
    """A second official of 江津区."""
    from tests.conftest import _person

    return _person("official", "江津复核", divisions=["500116"])


def page_of(client, row):
    return text_of(client.get(f"{LIST}{row.pk}/change/"))


def decide(client, row, verb, **typed):
    return client.post(f"{LIST}{row.pk}/decide/{verb}/", typed, follow=True)


# Whose office it is


def test_officials_see_the_requests_of_their_jurisdiction(
    wang_wei, at, jiangjin_official, fengjie_official, city_official, auditor, du_gaotian
):
    here, outside = file(at), file(at, district="500000", new_phone="13900000010")
    seen = {
        user.display_name: set(RecoveryRequest.objects.visible_to(user).values_list("pk", flat=True))
        for user in (jiangjin_official, fengjie_official, city_official, auditor, du_gaotian, wang_wei)
    }
    assert seen == {
        "江津经办": {here.pk},
        "奉节经办": set(),
        "市级经办": {here.pk, outside.pk},
        "审计员": {here.pk, outside.pk},
        "杜高田": set(),
        "王伟": set(),
    }


def test_another_districts_request_is_not_there(wang_wei, at, fengjie_official, client_of):
    row, client = file(at), client_of(fengjie_official)
    assert row.reference not in text_of(client.get(LIST))
    assert client.get(f"{LIST}{row.pk}/change/").status_code == 302  # Django's answer for what is not there
    for verb in ("approve", "propose", "confirm", "refuse"):
        assert client.get(f"{LIST}{row.pk}/decide/{verb}/").status_code == 404
        assert client.post(f"{LIST}{row.pk}/decide/{verb}/", {"reason": "x", "reveal": "1"}).status_code == 404
    assert RecoveryRequest.objects.get().state == "filed"


def test_a_person_names_the_district_or_the_city_for_outside(client, db):
    page = text_of(client.get("/accounts/recover/"))
    options = re.findall(r'<option value="(\d{6})"', page)
    assert {"500116", "500236", "500000"} <= set(options)
    assert len(options) == len(set(options)) >= 39
    assert "不在重庆市内（市级办理）" in page


def test_the_undecided_come_first_and_the_oldest_of_them(wang_wei, at, city_official, client_of):
    decided = file(at - timedelta(days=9))
    recovery.refuse(decided, by=city_official, at=at, reason="重复申请")
    young, old = file(at, new_phone="13900000010"), file(at - timedelta(days=3), new_phone="13900000011")
    listed = re.findall(r"R\d{10}", re.sub(r'href="[^"]+"', "", text_of(client_of(city_official).get(LIST))))
    assert list(dict.fromkeys(listed)) == [old.reference, young.reference, decided.reference]


# One official or two

NEEDS_TWO = {
    "another name": ({"name": "王大伟"}, "与登记不一致"),
    "other digits": ({"id_last6": "999999"}, "与登记不一致"),
    "nothing on file": ({"old_phone": "13800000002", "name": "李芳"}, "没有登记身份证号码"),
    "no old number": ({"old_phone": ""}, "没有对上原账户"),
    "an unknown old number": ({"old_phone": "13777777777"}, "没有对上原账户"),
}


@pytest.mark.parametrize(("changes", "words"), NEEDS_TWO.values(), ids=NEEDS_TWO)
def test_without_the_registrys_word_one_official_is_not_enough(
    wang_wei, li_fang, jiangjin_official, at, client_of, changes, words
):
    row, client = file(at, **changes), client_of(jiangjin_official)
    with pytest.raises(Refusal, match="两名工作人员"):
        recovery.approve(row, by=jiangjin_official, at=at, reason="本人来过")
    page = page_of(client, row)
    assert words in page
    assert "两人办理" in page
    assert f"/{row.pk}/decide/propose/" in page
    assert f"/{row.pk}/decide/approve/" not in page
    assert "两名工作人员" in text_of(decide(client, row, "approve", reason="本人来过"))
    assert RecoveryRequest.objects.get().state == "filed"


def test_one_proposes_and_another_one_agrees(wang_wei, jiangjin_official, colleague, at, client_of):
    row = file(at, name="王大伟")
    first, second = client_of(jiangjin_official), client_of(colleague)
    decide(first, row, "propose", reason="当面核对过户口簿")
    row.refresh_from_db()
    assert (row.state, row.proposed_by, row.agrees, row.decided_at) == ("proposed", jiangjin_official, False, None)
    wang_wei.refresh_from_db()
    assert wang_wei.phone.open() == "13800000001"
    assert "须由另一名工作人员审批" in page_of(first, row)
    assert "/decide/" not in page_of(first, row)
    page = page_of(second, row)
    assert "当面核对过户口簿" in page
    assert f"{wang_wei.pk} 号账户" in page
    decide(second, row, "confirm", reason="打过新号码，回答一致")
    row.refresh_from_db()
    assert (row.state, row.proposed_by, row.decided_by) == ("approved", jiangjin_official, colleague)
    assert "已由江津复核于" in page_of(second, row)
    assert "人办理" not in page_of(second, row)
    assert people.enter("13900000009", at=at) == wang_wei
    verbs = [entry.verb for entry in audit.timeline(row)]
    assert verbs == ["accounts.recovery_filed", "propose", "confirm"]


def test_the_second_official_may_refuse(wang_wei, jiangjin_official, colleague, at, sink):
    row = recovery.propose(file(at, name="王大伟"), by=jiangjin_official, at=at, reason="当面核对")
    recovery.refuse(row, by=colleague, at=at, reason="电话打不通")
    assert "电话打不通" in sink()[-1]["text"]
    wang_wei.refresh_from_db()
    assert wang_wei.phone.open() == "13800000001"


@pytest.mark.parametrize("verb", ["confirm", "refuse"])
def test_the_proposer_decides_nothing_more(wang_wei, jiangjin_official, at, client_of, verb):
    filed = file(at, name="王大伟")
    row = recovery.propose(filed, by=jiangjin_official, at=at, reason="当面核对")
    for stale_or_fresh in (filed, row):
        with pytest.raises(NotAllowed, match="另一名工作人员"):
            getattr(recovery, verb)(stale_or_fresh, by=jiangjin_official, at=at, reason="同意")
    answer = decide(client_of(jiangjin_official), row, verb, reason="同意")
    assert "你不能审批自己提出的换绑" in text_of(answer)
    assert RecoveryRequest.objects.get().state == "proposed"


def test_a_proposal_posted_twice_is_one(wang_wei, jiangjin_official, at, client_of):
    row, client = file(at, name="王大伟"), client_of(jiangjin_official)
    for _ in range(2):
        answer = decide(client, row, "propose", reason="当面核对")
        assert answer.status_code == 200
    assert "这是你提出的" in text_of(answer)
    assert audit.timeline(row).filter(verb="propose").count() == 1


def test_who_proposes_second_is_told_who_was_first(wang_wei, jiangjin_official, colleague, at):
    filed = file(at, name="王大伟")
    recovery.propose(filed, by=jiangjin_official, at=at, reason="当面核对")
    with pytest.raises(AlreadyMoved, match="江津经办"):
        recovery.propose(filed, by=colleague, at=at, reason="我也核对过")


def test_a_typed_account_takes_two_even_if_it_agrees(wang_wei, jiangjin_official, colleague, at, client_of):
    row, client = file(at, old_phone=""), client_of(jiangjin_official)
    assert "哪一个账户" in text_of(decide(client, row, "propose", reason="当面核对"))
    assert "没有找到这个账户" in text_of(decide(client, row, "propose", reason="当面核对", account="13777777777"))
    assert "必填" in text_of(decide(client, row, "propose", reason="", account=str(wang_wei.pk)))
    decide(client, row, "propose", reason="当面核对", account=str(wang_wei.pk))
    row.refresh_from_db()
    assert (row.state, row.account) == ("proposed", wang_wei)
    recovery.confirm(row, by=colleague, at=at, reason="属实")
    assert people.enter("13900000009", at=at) == wang_wei


def test_no_official_account_is_recovered_this_way(wang_wei, jiangjin_official, fengjie_official, at):
    with pytest.raises(Refusal, match="市级管理员"):
        recovery.propose(file(at), by=jiangjin_official, at=at, reason="x", account=fengjie_official)
    assert RecoveryRequest.objects.get().state == "filed"


def test_an_account_that_was_closed_gets_no_number(wang_wei, jiangjin_official, colleague, at):
    proposed = recovery.propose(file(at, name="王大伟"), by=jiangjin_official, at=at, reason="当面核对")
    same = file(at, new_phone="13900000010")
    User.objects.filter(pk=wang_wei.pk).update(is_active=False)
    with pytest.raises(Refusal, match="已经注销"):
        recovery.confirm(proposed, by=colleague, at=at, reason="属实")
    with pytest.raises(Refusal, match="已经注销"):
        recovery.approve(same, by=jiangjin_official, at=at, reason="已核对")
    with pytest.raises(Refusal, match="已经注销"):
        recovery.propose(same, by=jiangjin_official, at=at, reason="当面核对")
    assert set(RecoveryRequest.objects.values_list("state", flat=True)) == {"proposed", "filed"}
    assert User.objects.get(pk=wang_wei.pk).phone.open() == "13800000001"


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_being_closed_is_waited_for(wang_wei, jiangjin_official, colleague, at):
    proposed = recovery.propose(file(at, name="王大伟"), by=jiangjin_official, at=at, reason="当面核对")
    answers = []

    def agree():
        try:
            answers.append(recovery.confirm(proposed, by=colleague, at=at, reason="属实"))
        except Refusal as no:
            answers.append(no.message)
        finally:
            connection.close()

    second = threading.Thread(target=agree)
    with transaction.atomic():
        User.objects.filter(pk=wang_wei.pk).update(is_active=False)
        second.start()
        time.sleep(1)  # time enough to look, and to be wrong
    second.join(30)
    assert "已经注销" in answers[0]
    assert User.objects.get(pk=wang_wei.pk).phone.open() == "13800000001"


def test_a_proposed_request_keeps_the_number_taken(wang_wei, jiangjin_official, at):
    recovery.propose(file(at, name="王大伟"), by=jiangjin_official, at=at, reason="当面核对")
    with pytest.raises(Refusal, match="已有一份申请"):
        file(at)


def forbidden(row, **columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryRequest.objects.filter(pk=row.pk).update(**columns)


def test_the_database_refuses_what_the_service_would(wang_wei, jiangjin_official, colleague, at):
    row = file(at)
    decided = {"state": "approved", "decided_at": at}
    forbidden(row, **decided, decided_by=jiangjin_official)
    forbidden(row, **decided, decided_by=jiangjin_official, proposed_by=jiangjin_official, proposed_at=at)
    forbidden(row, state="refused", decided_at=at, decided_by=colleague, proposed_by=colleague, proposed_at=at)
    forbidden(row, state="proposed")
    forbidden(row, proposed_by=jiangjin_official)
    RecoveryRequest.objects.filter(pk=row.pk).update(
        **decided, decided_by=colleague, proposed_by=jiangjin_official, proposed_at=at
    )


# Who learns of it


def test_colleagues_of_the_place_and_the_city_are_asked(
    wang_wei, jiangjin_official, colleague, city_official, fengjie_official, auditor, at, sink
):
    row = recovery.propose(file(at, name="王大伟"), by=jiangjin_official, at=at, reason="当面核对")
    outbox.drain(at=at)
    asked = Notice.objects.filter(event="accounts.recovery_proposed")
    assert {notice.user for notice in asked} == {colleague, city_official}
    assert asked.first().url == f"{LIST}{row.pk}/change/"
    assert "王" not in asked.first().text
    assert "accounts.recovery_proposed" not in {message["event"] for message in sink()}


def test_nobody_is_asked_about_what_was_decided_meanwhile(wang_wei, jiangjin_official, colleague, at):
    row = recovery.propose(file(at, name="王大伟"), by=jiangjin_official, at=at, reason="当面核对")
    recovery.refuse(row, by=colleague, at=at, reason="不是本人")
    outbox.drain(at=at)
    assert not Notice.objects.filter(event="accounts.recovery_proposed").exists()


def test_the_first_screen_counts_what_waits_for_oneself(wang_wei, jiangjin_official, colleague, at, client_of):
    recovery.propose(file(at, name="王大伟"), by=jiangjin_official, at=at, reason="当面核对")
    assert "换号申请待办" in text_of(client_of(colleague).get("/admin/"))
    assert "换号申请待办" not in text_of(client_of(jiangjin_official).get("/admin/"))
