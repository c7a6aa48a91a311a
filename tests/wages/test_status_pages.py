"""Progress without an account: one neutral message, few tries, and a code before anything is changed."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import PhoneCode, SmsMessage
from core import outbox
from wages import services
from wages.models import Case, Claimant, Evidence, StatusTry

from .conftest import PHONE, photo, rendered

pytestmark = pytest.mark.django_db
NEUTRAL = "编号或手机后四位不对"


def ask(client, number, last4):
    return client.post("/wages/status/", {"number": number, "phone_last4": last4})


def last_code(settings):
    outbox.drain(at=timezone.now())
    lines = [json.loads(line) for line in Path(settings.SMS_SINK).read_text().splitlines()]
    return re.search(r"\d{6}", [line["text"] for line in lines if line["event"] == "code"][-1])[0]


def own(client, case, settings):
    """Name the case rightly and prove its phone."""
    ask(client, case.number, PHONE[-4:])
    prove = f"/wages/status/{case.number}/verify/"
    client.post(prove, {"action": "send"})
    return client.post(
        prove, {"action": "check", "code": last_code(settings), "next": f"/wages/status/{case.number}/add/"}
    )


def test_the_right_pair_opens_the_progress(client, fresh_case):
    opened = ask(client, fresh_case.number.lower().replace("-", " "), "0001")
    html = client.get(opened.url).content.decode()
    assert "正在决定是否受理" in html and "江津区" in html
    assert PHONE not in html and "王小明" not in html


def test_wrong_digits_and_unknown_numbers_read_the_same(client, fresh_case):
    wrong = ask(client, fresh_case.number, "9999").content.decode()
    unknown = ask(Client(), "CQ-2026-999999", "9999").content.decode()
    assert NEUTRAL in wrong
    clean = [re.sub(r"CQ-\d{4}-\d{6}|csrfmiddlewaretoken\" value=\"[^\"]+\"", "", html) for html in (wrong, unknown)]
    assert clean[0] == clean[1]


def test_many_wrong_pairs_from_one_address_bring_a_question_and_shut_nobody_out(client, fresh_case):
    for n in range(20):
        assert NEUTRAL in ask(client, f"CQ-2026-7{n:05}", "0001").content.decode()
    asked = ask(client, fresh_case.number, PHONE[-4:])
    assert asked.url.startswith("/accounts/question/?next=%2Fwages%2Fstatus%2F%3Fnumber%3DCQ-")
    assert ask(Client(REMOTE_ADDR="10.9.8.7"), fresh_case.number, PHONE[-4:]).url.endswith(f"{fresh_case.number}/")
    client.get(asked.url)
    client.post(asked.url, {"answer": str(sum(client.session["question"]))})
    assert ask(client, fresh_case.number, PHONE[-4:]).url == f"/wages/status/{fresh_case.number}/"


def guess(case, many, *, at, address):
    """So many wrong pairs for the case's number from one address."""
    for n in range(many):
        assert services.find(case.number, f"9{n:03}", at=at, address=address) is None


def test_five_wrong_tries_close_the_number_to_their_own_address_even_for_the_right_digits(fresh_case):
    at = timezone.now()
    guess(fresh_case, 5, at=at, address="10.0.0.1")
    assert services.find(fresh_case.number, "0001", at=at, address="10.0.0.1") is None
    assert services.find(fresh_case.number, "0001", at=at, address="10.0.0.2") == fresh_case
    assert services.find(fresh_case.number, "0001", at=at + timedelta(minutes=61), address="10.0.0.1") == fresh_case


def test_a_customer_of_a_whole_ipv6_network_is_one_address(fresh_case):
    at = timezone.now()
    guess(fresh_case, 5, at=at, address="2001:db8:1:2::1")
    assert services.find(fresh_case.number, "0001", at=at, address="2001:db8:1:2:ffff::9") is None
    assert services.find(fresh_case.number, "0001", at=at, address="2001:db8:1:3::1") == fresh_case


def test_many_addresses_together_do_not_guess_on_for_ever(fresh_case):
    at = timezone.now()
    for n in range(6):
        guess(fresh_case, 5, at=at, address=f"10.0.0.{n}")
    assert services.find(fresh_case.number, "0001", at=at, address="10.0.1.1") is None
    assert StatusTry.objects.count() == 30
    for hour in range(1, 24):
        for n in range(6):
            guess(fresh_case, 5, at=at + timedelta(minutes=61 * hour), address=f"10.0.{hour}.{n}")
    assert StatusTry.objects.count() == 100


def test_forgotten_tries_are_those_that_no_limit_counts(fresh_case):
    at = timezone.now()
    services.find(fresh_case.number, "9999", at=at)
    assert services.forget_tries(at=at + timedelta(hours=23)) == 0
    assert services.forget_tries(at=at + timedelta(hours=24)) == 1


def by_code(client, number, phone, settings):
    """Ask for a code to the phone and give it back with the case's number."""
    address = "/wages/status/by-code/"
    client.post(address, {"number": number, "phone": phone, "action": "send"})
    return client.post(address, {"number": number, "phone": phone, "code": last_code(settings), "action": "open"})


@pytest.fixture
def shut(fresh_case):
    """A case whose number strangers have tried so often that digits open it nowhere."""
    for n in range(6):
        guess(fresh_case, 5, at=timezone.now(), address=f"10.0.0.{n}")
    assert ask(Client(), fresh_case.number, PHONE[-4:]).status_code == 200
    return fresh_case


def test_the_owner_gets_in_by_a_code_whatever_strangers_tried(client, shut, settings):
    refused = ask(client, shut.number, PHONE[-4:]).content.decode()
    assert f'href="/wages/status/by-code/?number={shut.number}"' in refused
    opened = by_code(client, shut.number.lower(), "154-0000-0001", settings)
    assert opened.url == f"/wages/status/{shut.number}/"
    assert "正在决定是否受理" in client.get(opened.url).content.decode()
    assert client.get(f"/wages/status/{shut.number}/withdraw/").status_code == 200  # the phone is proven


def test_the_owners_account_gets_in_whatever_strangers_tried(client_of, filed, code, wang_wei):
    case = filed(at=timezone.now(), code=code, by=wang_wei, phone="13800000001")
    for n in range(6):
        guess(case, 5, at=timezone.now(), address=f"10.0.0.{n}")
    assert client_of(wang_wei).get(f"/wages/status/{case.number}/").status_code == 200


def test_another_phone_opens_nothing_and_learns_nothing(client, fresh_case, settings):
    answers = []
    for number in (fresh_case.number, "CQ-2026-999999"):
        page = by_code(Client(), number, "15400000088", settings)
        assert page.status_code == 200
        answers.append(
            re.sub(r'CQ-2026-\d{6}|验证码 \d{6}|(csrfmiddlewaretoken|code)"? value="[^"]+"', "", page.content.decode())
        )
        SmsMessage.objects.all().delete()
        PhoneCode.objects.all().delete()
    assert answers[0] == answers[1] and "没有提交过" in answers[0]
    assert client.get(f"/wages/status/{fresh_case.number}/").status_code == 302


def test_a_code_for_one_phone_opens_no_case_of_another(client, fresh_case, settings):
    address = "/wages/status/by-code/"
    client.post(address, {"number": fresh_case.number, "phone": "15400000088", "action": "send"})
    forged = {"number": fresh_case.number, "phone": PHONE, "code": last_code(settings), "action": "open"}
    assert client.post(address, forged).status_code == 200
    assert client.get(f"/wages/status/{fresh_case.number}/").status_code == 302


def test_what_was_typed_is_still_there_when_the_code_has_come(client, fresh_case):
    client.post("/wages/status/by-code/", {"number": fresh_case.number, "phone": PHONE, "action": "send"})
    html = client.get("/wages/status/by-code/").content.decode()
    assert fresh_case.number in html and PHONE in html
    wrong = client.post("/wages/status/by-code/", {"number": "x", "phone": "1", "action": "send"})
    assert wrong.status_code == 200 and "CQ-2026-118204" in wrong.content.decode()


@pytest.mark.parametrize("rest", ["", "verify/", "add/", "withdraw/", "paid/", "paper/1/"])
def test_a_stranger_is_asked_for_the_pair_whatever_the_number(client, fresh_case, rest):
    for number in (fresh_case.number, "CQ-2026-999999", "nonsense"):
        response = client.get(f"/wages/status/{number}/{rest}")
        assert response.status_code == 302 and response.url.startswith("/wages/status/")
        assert "verify" not in response.url


def test_four_digits_are_not_enough_to_act(client, fresh_case):
    ask(client, fresh_case.number, "0001")
    for act in ("withdraw", "paid", "add"):
        response = client.post(f"/wages/status/{fresh_case.number}/{act}/", rendered(answer="yes", words="x"))
        assert "/verify/" in response.url
    assert Case.objects.get().state == "submitted"


def test_the_code_goes_to_the_cases_own_phone_and_lets_act(client, fresh_case, settings):
    assert own(client, fresh_case, settings).url.endswith("/add/")
    client.post(f"/wages/status/{fresh_case.number}/add/", rendered(files=[photo()], words="还有欠条"))
    case = Case.objects.get()
    assert Evidence.objects.filter(case=case).count() == 1 and "还有欠条" in case.facts.open()
    client.post(f"/wages/status/{fresh_case.number}/withdraw/", rendered())
    assert Case.objects.get().state == "withdrawn"


def test_a_redirect_stays_on_this_site(client, fresh_case, settings):
    ask(client, fresh_case.number, "0001")
    prove = f"/wages/status/{fresh_case.number}/verify/"
    client.post(prove, {"action": "send"})
    for place in ("https://evil.example/", "//evil.example/wages/", "/admin/"):
        response = client.post(prove, {"action": "check", "code": last_code(settings), "next": place})
        assert response.url == f"/wages/status/{fresh_case.number}/"


def test_supplying_papers_starts_the_clock_again(client, fresh_case, jiangjin_official, settings):
    at = timezone.now()
    services.request_supplement(fresh_case, by=jiangjin_official, at=at, note="请补公司全称")
    own(client, fresh_case, settings)
    address = f"/wages/status/{fresh_case.number}/add/"
    assert "请补公司全称" in client.get(address).content.decode()
    assert "请拍照" in client.post(address, rendered()).content.decode()
    client.post(address, rendered(words="重庆某某公司"))
    case = Case.objects.get()
    assert case.state == "submitted" and case.due_on


def test_a_failed_file_does_not_lose_the_others(client, fresh_case, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    own(client, fresh_case, settings)
    bad = SimpleUploadedFile("坏.jpg", b"no", "image/jpeg")
    page = client.post(
        f"/wages/status/{fresh_case.number}/add/", rendered(files=[bad, photo()], words="x"), follow=True
    )
    assert Evidence.objects.count() == 1 and "坏.jpg" in page.content.decode()


def test_the_complainant_confirms_the_money(client, fresh_case, jiangjin_official, settings):
    at = timezone.now()
    services.accept(fresh_case, by=jiangjin_official, at=at)
    own(client, fresh_case, settings)
    me = str(Claimant.objects.get().uuid)
    client.post(f"/wages/status/{fresh_case.number}/paid/", rendered(answer="all", person=me))
    case = Case.objects.get()
    assert case.state == "paid" and not case.unanswered_now
    assert "等待办结" in client.get(f"/wages/status/{case.number}/").content.decode()


def test_the_complainant_reads_their_letters_and_not_the_employers(client, investigating, jiangjin_official, at):
    ordered = services.order(
        investigating,
        by=jiangjin_official,
        at=at + timedelta(days=3),
        amount_fen=1,
        pay_by=at.date() + timedelta(days=20),
    )
    ask(client, ordered.number, "0001")
    html = client.get(f"/wages/status/{ordered.number}/").content.decode()
    assert "立案）通知书" in html and "指令书</a>" not in html
    mine, theirs = ordered.documents.get(kind="accepted"), ordered.documents.get(kind="order")
    assert client.get(f"/wages/status/{ordered.number}/paper/{mine.pk}/").status_code == 200
    assert client.get(f"/wages/status/{ordered.number}/paper/{theirs.pk}/").status_code == 404


def test_a_worker_sees_the_own_cases_only(client_of, wang_wei, li_fang, filed, code):
    case = filed(at=timezone.now(), code=code, by=wang_wei, phone="13800000001")
    assert client_of(wang_wei).get(f"/wages/status/{case.number}/").status_code == 200
    assert case.number not in client_of(li_fang).get("/me/cases/").content.decode()
    assert client_of(li_fang).get(f"/wages/status/{case.number}/").url.startswith("/wages/status/")


def test_a_held_session_sees_no_case(client_of, wang_wei, filed, code):
    from accounts import stepup

    case = filed(at=timezone.now(), code=code, by=wang_wei, phone="13800000001")
    client = client_of(wang_wei)
    session = client.session
    session[stepup.SESSION_KEY] = True
    session.save()
    assert client.get("/me/cases/").status_code == 302
    assert client.get(f"/wages/status/{case.number}/").url.startswith("/wages/status/?")


def test_my_cases_ask_no_more_queries_when_they_grow(client_of, wang_wei, filed, code, queries_do_not_grow):
    def add():
        for _ in range(4):
            filed(at=timezone.now(), code=code, by=wang_wei, phone="13800000001")

    add()
    queries_do_not_grow(client_of(wang_wei), "/me/cases/", add)


def test_every_state_has_a_page(client, case, jiangjin_official):
    from wages import timeline
    from wages.enums import CaseState

    assert set(timeline.HEADINGS) == set(CaseState)


def test_the_pages_of_a_code(client, code, city_official):
    page = client.get(f"/wages/code/{code.code.lower()}/", follow=True)
    html = page.content.decode()
    for fact in ("江津城建公司", "重庆测试建设工程有限公司", "赵德华", "每月 25 日", "¥2,330", "12348", "仲裁委员会"):
        assert fact in html
    assert client.get(f"/wages/code/{code.code}/poster/").status_code == 200
    assert b"<svg" in client.get(f"/wages/code/{code.code}/qr.svg").content
    assert client.get("/wages/code/", {"code": code.code}).url == f"/wages/code/{code.code}/"
    assert "没有这个渝薪码" in client.get("/wages/code/", {"code": "JJ-0000"}).content.decode()
    assert client.get("/wages/code/JJ-0000/").status_code == 404
    services.revoke_code(code, by=city_official, at=timezone.now(), reason="完工")
    assert client.get(f"/wages/code/{code.code}/").status_code == 410
