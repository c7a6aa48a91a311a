"""Everybody sees and answers for their own money, whoever else is in the case; officials record it person by person."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import phones
from accounts.models import SmsMessage
from core import outbox
from core.calendar import local_day
from wages import services
from wages.enums import Heard, PaymentState
from wages.models import Case, Claimant, Payment
from wages.services import totals

from .conftest import PHONE, photo, rendered

OTHER = "15400000002"


@pytest.fixture
def group(fresh_case, jiangjin_official, jiangjin_inspector):
    """A case of two people with phones of their own, under investigation today."""
    now = timezone.now()
    services.accept(fresh_case, by=jiangjin_official, at=now)
    services.investigate(fresh_case, by=jiangjin_official, at=now, second_inspector=jiangjin_inspector)
    other = Claimant(case=fresh_case, origin=fresh_case, place=2, claimed_fen=5_000_00, filed_at=now)
    other.name, other.phone, other.phone_index = "李四", OTHER, phones.index(OTHER)
    other.save()
    totals.reckon(fresh_case)
    return Case.objects.get(pk=fresh_case.pk)


@pytest.fixture
def paid(group, pay, jiangjin_official):
    return pay(group, by=jiangjin_official, at=timezone.now())


def enter(client, number, phone):
    """Number, whole phone and the code that was sent to it."""
    client.post("/wages/status/by-code/", {"number": number, "phone": phone, "action": "send"})
    outbox.drain(at=timezone.now() + timedelta(seconds=1))
    code = re.search(r"\d{6}", SmsMessage.objects.filter(event="code").last().text.open())[0]
    return client.post("/wages/status/by-code/", {"number": number, "phone": phone, "code": code, "action": "open"})


def page(client, number):
    return client.get(f"/wages/status/{number}/paid/")


def test_a_member_of_a_group_enters_by_their_own_phone_and_sees_their_own_money(client, group, paid):
    answer = enter(client, group.number, OTHER)
    assert answer["Location"].endswith("/paid/")
    html = page(client, group.number).text
    assert "¥5,000.00" in html and "李四的账" in html
    assert "12,600" not in html and "王小明" not in html
    assert client.get(f"/wages/status/{group.number}/").status_code == 302  # the filer's page stays the filer's
    assert client.get(f"/wages/receipt/{group.number}/").status_code == 302


def test_the_filer_does_not_see_the_others_money(client, group, paid):
    enter(client, group.number, PHONE)
    html = page(client, group.number).text
    assert "¥12,600.00" in html and "5,000.00" not in html and "李四" not in html


def test_one_tap_confirms_and_a_second_does_nothing(client, group, paid):
    enter(client, group.number, OTHER)
    mine = Payment.objects.get(claimant__place=2)
    form = rendered(answer="yes", payment=mine.pk)
    for _tap in range(2):
        client.post(f"/wages/status/{group.number}/paid/", form)
    mine.refresh_from_db()
    assert (mine.state, mine.heard) == (PaymentState.CONFIRMED, Heard.CODE)
    assert Case.objects.get().unanswered_now == 1
    assert "你说收到了" in page(client, group.number).text


def test_nobody_answers_for_another(client, group, paid):
    enter(client, group.number, OTHER)
    theirs = Payment.objects.get(claimant__place=1)
    answer = client.post(f"/wages/status/{group.number}/paid/", rendered(answer="yes", payment=theirs.pk))
    assert answer.status_code == 302
    theirs.refresh_from_db()
    assert theirs.state == PaymentState.RECORDED


@pytest.mark.parametrize("fields", [{}, {"answer": "maybe"}, {"answer": "yes", "payment": "x" * 50}, {"answer": "all"}])
def test_what_no_form_sends_changes_nothing(client, group, paid, fields):
    enter(client, group.number, OTHER)
    client.post(f"/wages/status/{group.number}/paid/", rendered(**fields))
    assert Case.objects.get().unanswered_now == 2


def test_no_means_the_level_above(client, group, paid, city_official):
    enter(client, group.number, OTHER)
    mine = Payment.objects.get(claimant__place=2)
    client.post(f"/wages/status/{group.number}/paid/", rendered(answer="no", payment=mine.pk))
    case = Case.objects.get()
    assert (case.level, case.state) == ("city", "investigating")
    assert "你说没收到，正在核实" in page(client, group.number).text


def test_a_stranger_is_asked_for_the_phone(client, group, paid):
    assert "/by-code/" in page(client, group.number)["Location"]
    enter(client, group.number, "15400000099")
    assert page(client, group.number).status_code == 302


def desk(client_of, official, case):
    client = client_of(official)
    return client, f"/admin/wages/case/{case.pk}/payments/"


def record(**changes):
    known = {"scope": "all", "paid_on": local_day(timezone.now()).isoformat(), "way": "transfer", "note": "流水"}
    return {**known, **changes}


def test_an_official_records_for_the_whole_group(client_of, jiangjin_official, group):
    client, path = desk(client_of, jiangjin_official, group)
    html = client.get(path).text
    assert "李某" in html and "李四" not in html and "¥5,000.00" in html
    assert client.post(path, record(upload=photo())).status_code == 302
    assert Payment.objects.count() == 2 and Case.objects.get().state == "paid"
    assert len(set(Payment.objects.values_list("evidence", flat=True))) == 1


def test_for_some_by_number_and_for_others_by_a_list(client_of, jiangjin_official, group):
    client, path = desk(client_of, jiangjin_official, group)
    client.post(path, record(scope="these", places="2"))
    client.post(path, record(scope="lines", lines_text="1 王小明 6000"))
    assert list(Payment.objects.order_by("pk").values_list("fen", flat=True)) == [5_000_00, 6_000_00]


def test_a_list_may_be_a_file_from_a_spreadsheet(client_of, jiangjin_official, group):
    client, path = desk(client_of, jiangjin_official, group)
    sheet = SimpleUploadedFile("名单.csv", "序号,姓名,金额\n1,王小明,100\n2,李四,200\n".encode("gb18030"))
    client.post(path, record(scope="lines", list_file=sheet))
    assert list(Payment.objects.order_by("pk").values_list("fen", flat=True)) == [100_00, 200_00]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"scope": "lines", "lines_text": "1 王小明 99999"}, "只欠"),
        ({"scope": "lines", "lines_text": "9 谁 5"}, "没有这些序号"),
        ({"scope": "lines", "lines_text": "胡写"}, "没有要登记的人"),
        ({"scope": "these", "places": "甲"}, "看不懂"),
        ({"note": ""}, "必填"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_nothing_is(client_of, jiangjin_official, group, fields, sentence):
    client, path = desk(client_of, jiangjin_official, group)
    answer = client.post(path, record(**fields))
    assert answer.status_code == 200 and sentence in answer.text
    assert not Payment.objects.exists()


def test_another_district_and_an_auditor_record_nothing(client_of, fengjie_official, auditor, group):
    for person, status in ((fengjie_official, 404), (auditor, 403)):
        client, path = desk(client_of, person, group)
        assert client.get(path).status_code == status
        assert client.post(path, record()).status_code == status
    assert not Payment.objects.exists()


def test_a_mistake_and_a_receipt_have_pages_of_their_own(client_of, jiangjin_official, jiangjin_inspector, group, paid):
    client, path = desk(client_of, jiangjin_official, group)
    first, second = paid
    client.post(f"{path}{first.pk}/void/", {"reason": "录错人"})
    first.refresh_from_db()
    assert first.state == PaymentState.TAKEN_BACK
    refused = client.post(f"{path}{second.pk}/vouch/", {"reason": "没有手机", "upload": photo()})
    assert "另一名" in refused.text
    other, _path = desk(client_of, jiangjin_inspector, group)
    other.post(f"{path}{second.pk}/vouch/", {"reason": "没有手机", "upload": photo()})
    second.refresh_from_db()
    assert (second.state, second.heard) == (PaymentState.CONFIRMED, Heard.PAPER)


def test_the_page_asks_no_more_when_the_group_grows(client_of, jiangjin_official, group, queries_do_not_grow):
    client, path = desk(client_of, jiangjin_official, group)

    def add():
        for place in range(3, 20):
            Claimant.objects.create(case=group, origin=group, place=place, claimed_fen=1, filed_at=timezone.now())

    queries_do_not_grow(client, path, add)
