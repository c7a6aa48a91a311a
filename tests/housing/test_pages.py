"""The worker's way: check without an account, fill in, hand in once, follow, supply, withdraw."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import qr
from core.models import AuditEntry, Submission
from housing import services
from housing.enums import State
from housing.models import Document, HouseholdMember, HousingApplication, Objection, Reminder

from .conftest import id_number, photo

pytestmark = pytest.mark.django_db
ANSWERS = {
    "place": "main",
    "age": "43",
    "persons": "3",
    "income": "4,140",
    "work": "flexible",
    "insurance_months": "4",
    "contract": "",
    "fund_months": "",
    "residence_months": "30",
    "home_m2": "27",
    "transferred": "",
}


def key_of(response):
    return re.search(r'name="submission_key" value="([^"]+)"', response.text).group(1)


@pytest.fixture
def browser(worker, client_of):
    return client_of(worker.user)


# Check --------------------------------------------------------------------------------------------------------


def test_the_check_explains_without_account_and_keeps_nothing(client, estate):
    rows = [AuditEntry.objects.count(), HousingApplication.objects.count(), Submission.objects.count()]
    response = client.post(reverse("housing:check"), ANSWERS)
    assert response.status_code == 200
    for words in ("还差一项就符合", "年满 18 岁", "你 43 岁", "你家人均 9.0㎡", "你缴了 4 个月", "两室一厅", "提醒我"):
        assert words in response.text
    assert [AuditEntry.objects.count(), HousingApplication.objects.count(), Submission.objects.count()] == rows
    assert "sessionid" not in response.cookies


def test_the_other_way_of_proving_work_is_one_button_away(client, estate):
    response = client.post(reverse("housing:check"), ANSWERS)
    assert "我有劳动合同或公积金，换一种算法" in response.text
    again = client.post(reverse("housing:check"), {**ANSWERS, "work": "employed", "contract": "6"})
    assert "符合申请条件" in again.text


def test_the_answers_can_be_changed_without_typing_them_again(client, estate):
    response = client.post(reverse("housing:check"), {**ANSWERS, "edit": "1"})
    assert 'value="43"' in response.text
    assert "看结果" in response.text


def test_rent_is_estimated_from_estates_where_one_wants_to_live(client, make_estate):
    make_estate("禾苑人家", "500106")
    assert "月租约 ¥540" in client.post(reverse("housing:check"), ANSWERS).text


def test_what_the_registry_knows_is_filled_in_with_its_source(browser, worker, at, estate):
    from workers import services as workers
    from workers.enums import Source

    stated = {"monthly_income": 520_000}
    workers.record(worker, stated, source=Source.WORKER, by=worker.user, at=at)
    page = browser.get(reverse("housing:check")).text
    assert 'value="5200"' in page
    assert "来自本人填写" in page


def test_a_wish_to_be_reminded_keeps_only_the_day(browser, worker):
    day = "2099-01-01"
    assert browser.get(reverse("housing:remind"), {"on": day}).status_code == 302  # too far away
    from django.utils import timezone

    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    assert browser.get(reverse("housing:remind"), {"on": day}).status_code == 200
    assert not Reminder.objects.exists()
    assert browser.post(reverse("housing:remind"), {"on": day}).status_code == 302
    assert Reminder.objects.get().due_on.isoformat() == day


# Applying -----------------------------------------------------------------------------------------------------


def fill_in_the_browser(browser, estate):
    """Every task, as a person would, each page on its own."""
    browser.post(reverse("housing:apply"))
    member = {"relation": "daughter", "name": "王雨", "id_number": id_number("20120615", 2)}
    steps = [
        ("add_member", member),
        ("household", {"birth_date": "1983-04-12", "sex": "1"}),
        ("work", {"work": "employed", "contract_months": "12", "insurance_months": "14", "is_student": "no"}),
        ("home", {"home_m2": "0"}),
        ("wish", {"estate": estate.pk}),
    ]
    for name, data in steps:
        response = browser.post(reverse(f"housing:{name}"), data)
        assert response.status_code == 302, (name, response.text)
    pk = HouseholdMember.objects.get().pk
    assert browser.post(reverse("housing:income"), {"income_fen": "5200元", f"member_{pk}": "0"}).status_code == 302


def test_filling_in_handing_in_and_the_receipt(browser, estate, only_application):
    fill_in_the_browser(browser, estate)
    tasks = browser.get(reverse("housing:apply")).text
    assert tasks.count("填好了") == 5
    check = browser.get(reverse("housing:check_answers"))
    for words in ("王雨（女儿）", "¥5,200", "双福新居", "两室一厅", "还没交的材料"):
        assert words in check.text
    response = browser.post(reverse("housing:check_answers"), {"submission_key": key_of(check)}, follow=True)
    row = only_application()
    assert row.state == State.DOCS_DUE
    assert row.number in response.text
    assert "前补齐材料" in response.text


def test_the_receipt_leads_back_to_the_status_by_its_code(browser, submitted):
    page = browser.get(reverse("housing:receipt", args=[submitted.number])).text
    code = reverse("housing:receipt_qr", args=[submitted.number])
    assert f'<img src="{code}"' in page and submitted.number in page
    answer = browser.get(code)
    status = f"http://testserver/me/housing/{submitted.number}/"
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content == qr.svg(status).content != qr.svg(f"{status}x").content
    assert "王伟" not in page and "王某" in page and "初审" in page


def test_the_code_of_a_receipt_opens_for_nobody_else(submitted, li_fang, du_gaotian, client_of, client):
    code = reverse("housing:receipt_qr", args=[submitted.number])
    assert client_of(li_fang).get(code).status_code == 404
    assert client_of(du_gaotian).get(code).status_code in (403, 404)
    assert client.get(code).status_code == 302


def test_a_double_click_hands_in_once_and_finds_the_same_receipt(browser, estate, only_application):
    fill_in_the_browser(browser, estate)
    key = key_of(browser.get(reverse("housing:check_answers")))
    first = browser.post(reverse("housing:check_answers"), {"submission_key": key})
    second = browser.post(reverse("housing:check_answers"), {"submission_key": key})
    assert first["Location"] == second["Location"] == reverse("housing:receipt", args=[only_application().number])
    assert AuditEntry.objects.filter(verb="submit_incomplete").count() == 1


def test_without_a_key_nothing_is_handed_in(browser, draft, fresh):
    response = browser.post(reverse("housing:check_answers"))
    assert "打开太久" in response.text
    assert fresh(draft).state == State.DRAFT


def test_a_draft_survives_leaving(worker, client_of, estate):
    fill_in_the_browser(client_of(worker.user), estate)
    elsewhere = client_of(worker.user)
    assert 'value="5200"' in elsewhere.get(reverse("housing:income")).text
    assert "王雨" in elsewhere.get(reverse("housing:household")).text
    assert re.search(r'id="id_estate_0" checked', elsewhere.get(reverse("housing:wish")).text)


def test_a_change_from_the_check_page_returns_to_it(browser, draft):
    response = browser.post(reverse("housing:home") + "?from=check", {"home_m2": "20"})
    assert response["Location"] == reverse("housing:check_answers")


def test_wrong_answers_are_refused_at_the_field_and_kept(browser, draft):
    response = browser.post(reverse("housing:home"), {"home_m2": "很大", "transferred_on": "2999-01-01"})
    assert response.status_code == 200
    assert "<title>错误：" in response.text
    assert "请填数字" in response.text
    assert "日期要在今天之前" in response.text
    assert "很大" in response.text


def test_starting_twice_keeps_one_draft(browser, only_application):
    browser.post(reverse("housing:apply"))
    browser.post(reverse("housing:apply"))
    assert only_application().state == State.DRAFT


def test_a_draft_can_be_thrown_away_with_its_files(
    browser, draft, hand_in_papers, settings, django_capture_on_commit_callbacks
):
    hand_in_papers(draft)
    stored = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert stored
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("housing:discard"))
    assert not HousingApplication.objects.exists()
    assert not any(path.exists() for path in stored)


def test_somebody_without_a_name_on_record_is_sent_to_fill_it_in(client_of, li_fang, at):
    from workers import services as workers

    services.start(workers.for_user(li_fang, at=at), by=li_fang, at=at)
    page = client_of(li_fang).get(reverse("housing:household")).text
    assert "/me/profile/" in page
    assert "申请要实名" in page


# Papers -------------------------------------------------------------------------------------------------------

HOSTILE = [
    SimpleUploadedFile("空.jpg", b""),
    SimpleUploadedFile("网页.jpg", b"<html><script>alert(1)</script>"),
    SimpleUploadedFile("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    SimpleUploadedFile("脚本.pdf", b"%PDF-1.4\n/JavaScript (app.alert(1))\n%%EOF"),
    SimpleUploadedFile("半截.pdf", b"%PDF-1.4\nhalf"),
    SimpleUploadedFile("程序.exe", b"MZ\x90\x00" + b"\x00" * 64),
    SimpleUploadedFile("假图.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 32),
]


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda file: file.name)
def test_a_file_that_fails_loses_none_of_the_others(browser, draft, bad, settings):
    bad.seek(0)
    url = reverse("housing:hand_in", args=["identity"])
    response = browser.post(url, {"files": [photo("正面.jpg"), bad, photo("反面.jpg")]})
    assert response.status_code == 200
    assert bad.name in response.text
    assert Document.objects.filter(application=draft, kind="identity").count() == 2
    kept = [path.read_bytes()[:3] for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert kept == [b"\xff\xd8\xff"] * 2


def test_nothing_chosen_is_said_so(browser, draft):
    response = browser.post(reverse("housing:hand_in", args=["identity"]))
    assert "还没有选照片或文件" in response.text


def test_one_kind_of_paper_has_its_limit(browser, draft):
    url = reverse("housing:hand_in", args=["other"])
    response = browser.post(url, {"files": [photo(f"{n}.jpg") for n in range(12)]})
    assert Document.objects.count() == 10
    assert "最多 10 个文件" in response.text


def test_a_paper_can_be_taken_back_while_it_is_a_draft(browser, draft):
    url = reverse("housing:hand_in", args=["identity"])
    browser.post(url, {"files": [photo()]})
    browser.post(url, {"remove": str(Document.objects.get().pk)})
    assert not Document.objects.exists()
    assert browser.post(url, {"remove": "99999999999999999999"}).status_code == 404
    assert browser.post(url, {"remove": "x"}).status_code == 404
    assert browser.post(url, {"remove": "9" * 5_000}).status_code == 404


def test_an_unknown_kind_of_paper_does_not_exist(browser, draft):
    assert browser.get(reverse("housing:hand_in", args=["nonsense"])).status_code == 404


# Following ----------------------------------------------------------------------------------------------------


def test_the_status_page_says_who_has_it_and_by_when(browser, in_preliminary):
    page = browser.get(reverse("housing:mine")).text
    for words in (
        "正在初审",
        "2026年4月7日 周二",
        "江津区公租房审核窗口",
        "你提交了申请",
        "江津经办",
        in_preliminary.number,
    ):
        assert words in page


def test_the_status_page_of_every_state_opens(browser, publicised):
    states = [
        State.PUBLICITY,
        State.WAITING,
        State.ALLOTTED,
        State.CONFIRMED,
        State.LEASED,
        State.EXITED,
        State.WITHDRAWN,
    ]
    for state in states:
        HousingApplication.objects.filter(pk=publicised.pk).update(state=state)
        assert browser.get(reverse("housing:mine")).status_code == 200


def test_papers_asked_for_are_supplied_from_the_status_page(browser, in_preliminary, jiangjin_official, at, fresh):
    work = in_preliminary.documents.get(kind="work")
    services.request_documents(
        in_preliminary, text="合同看不清，请重拍", rejected=[work.pk], by=jiangjin_official, at=at
    )
    assert "合同看不清，请重拍" in browser.get(reverse("housing:mine")).text
    refused = browser.post(reverse("housing:supply"), follow=True)
    assert "还缺" in refused.text
    browser.post(reverse("housing:hand_in", args=["work"]), {"files": [photo()]})
    browser.post(reverse("housing:supply"))
    assert fresh(in_preliminary).state == State.PRELIMINARY_REVIEW


def test_a_refusal_is_read_with_article_and_reason(browser, in_preliminary, jiangjin_official, at):
    services.refuse(in_preliminary, rule="home", text="有一套 78 ㎡的住房。", by=jiangjin_official, at=at)
    page = browser.get(reverse("housing:mine")).text
    for words in ("这次没有通过", "有一套 78 ㎡的住房。", "公共租赁住房管理暂行办法", "重新申请"):
        assert words in page


def test_withdrawing_asks_once_and_happens_once(browser, submitted, fresh):
    page = browser.get(reverse("housing:withdraw"))
    data = {"submission_key": key_of(page), "reason": "回老家了"}
    assert browser.post(reverse("housing:withdraw"), data).status_code == 302
    assert browser.post(reverse("housing:withdraw"), data).status_code == 302
    assert fresh(submitted).state == State.WITHDRAWN
    assert AuditEntry.objects.filter(verb="withdraw").count() == 1


def test_publicity_shows_a_masked_name_and_takes_an_objection(publicised, client, client_of, li_fang):
    page = client.get(reverse("housing:publicity")).text
    assert "王某" in page
    assert "王伟" not in page
    visitor = client_of(li_fang)
    url = reverse("housing:objection", args=[publicised.number])
    form = visitor.get(url)
    short = visitor.post(url, {"submission_key": key_of(form), "text": "有房"})
    assert "至少 10 个字" in short.text
    visitor.post(url, {"submission_key": key_of(form), "text": "他家在江津区有两套住房，可以去查。"})
    assert Objection.objects.get().raised_by == li_fang
    assert visitor.get(reverse("housing:objection", args=["GZ-2026-999999"])).status_code == 404


def test_worker_pages_hold_no_english_word(browser, in_preliminary, estate):
    for name in ("index", "check", "publicity", "mine"):
        text = re.sub(
            r"<(script|style|svg)[^>]*>.*?</\1>|<[^>]+>", " ", browser.get(reverse(f"housing:{name}")).text, flags=re.S
        )
        words = set(re.findall(r"[A-Za-z]{2,}", text)) - {"GZ", "PDF"}
        assert not words, (name, words)


# Lists do not ask more when they grow --------------------------------------------------------------------------


@pytest.fixture
def more(make_worker, make_estate, fill, hand_in_papers, at, request):
    """Three more applications in publicity, each at an estate of its own."""
    from accounts.models import User

    def add():
        first, second = request.getfixturevalue("jiangjin_official"), request.getfixturevalue("city_official")
        for number in range(3):
            user = User.objects.create(role="worker", display_name=f"周{number}")
            worker = make_worker(user, f"1990010{number + 1}", 3)
            estate = make_estate(f"几江花园{number}", "500116")
            draft = fill(services.start(worker, by=user, at=at), estate, sequence=10 + 2 * number)
            hand_in_papers(draft)
            row = services.submit(draft, by=user, at=at)
            row = services.pass_preliminary(services.take_up(row, by=first, at=at), by=first, at=at)
            services.pass_final(row, by=second, at=at)

    return add


@pytest.mark.parametrize("name", ["index", "publicity"])
def test_public_lists_do_not_ask_more_when_they_grow(name, client, publicised, more, queries_do_not_grow):
    queries_do_not_grow(client, reverse(f"housing:{name}"), more)


def test_the_officials_list_does_not_ask_more_when_it_grows(
    publicised, more, city_official, client_of, queries_do_not_grow
):
    url = reverse("admin:housing_housingapplication_changelist")
    queries_do_not_grow(client_of(city_official), url, more)


def test_choosing_an_estate_does_not_ask_more_when_there_are_more(browser, draft, make_estate, queries_do_not_grow):
    def add():
        for number in range(5):
            make_estate(f"新小区{number}", "500116")

    queries_do_not_grow(browser, reverse("housing:wish"), add)
