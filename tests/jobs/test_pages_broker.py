"""The broker's workbench: from a vacancy to people, from an answer to a call, and acting under a mandate."""

import re
from datetime import timedelta

import pytest

from core import audit
from core.calendar import local_day
from jobs import services
from jobs.models import Application, Recommendation, Vacancy
from workers.services import grant_mandate

from .test_pages_public import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_of, du_gaotian):
    return client_of(du_gaotian)


def test_the_ranking_shows_masked_people_with_three_reasons_each(browser, vacancy, seeker):
    page = browser.get(f"/broker/vacancies/{vacancy.pk}/")
    words = text_of(page)
    assert "工种一致（电工 9 年）；期望 ¥6,000/月，够得上；家就在几江街道" in words
    assert f"王某 #{seeker.worker_no}" in words
    assert "40–44 岁" in words
    for hidden in ("王伟", "13800000001", str(seeker.birth_date)):
        assert hidden not in page.content.decode()


def test_twenty_people_are_recommended_in_four_taps_without_javascript(browser, vacancy, make_seeker):
    for number in range(25):
        make_seeker(f"张{number}")
    browser.get("/broker/")  # the desk: tap 1 opens the vacancy
    page = browser.get(f"/broker/vacancies/{vacancy.pk}/")
    top = re.search(r'href="(\?[^"]*pick=top)"', page.content.decode())[1]
    ticked = browser.get(f"/broker/vacancies/{vacancy.pk}/{top}")  # tap 2 ticks the first twenty
    html = ticked.content.decode()
    workers = re.findall(r'name="worker" value="(\d+)" checked', html)
    key = re.findall(r'name="submission_key" value="([^"]+)"', html)[-1]
    answer = browser.post(  # tap 3
        f"/broker/vacancies/{vacancy.pk}/", {"submission_key": key, "worker": workers}, follow=True
    )
    assert len(workers) == 20
    assert "已推荐 20 人" in text_of(answer)
    assert Recommendation.objects.count() == 20


def test_who_was_asked_is_gone_from_the_list_and_counted_on_top(browser, vacancy, seeker, form):
    answer = browser.post(f"/broker/vacancies/{vacancy.pk}/", form(worker=[seeker.pk]), follow=True)
    assert "等答复 1 人" in text_of(answer)
    assert seeker.worker_no not in text_of(answer)


def test_a_double_tap_recommends_once(browser, vacancy, seeker, form):
    posted = form(worker=[seeker.pk])
    for _tap in range(2):
        answer = browser.post(f"/broker/vacancies/{vacancy.pk}/", posted, follow=True)
        assert "已推荐 1 人" in text_of(answer)
    assert Recommendation.objects.count() == 1


def test_ticking_too_many_says_so_and_keeps_the_ticks(browser, vacancy, make_seeker, form):
    people = [make_seeker(f"张{number}").pk for number in range(21)]
    answer = browser.post(f"/broker/vacancies/{vacancy.pk}/", form(worker=people))
    assert "一次最多推荐 20 人" in text_of(answer)
    assert answer.content.decode().count(" checked") == 21
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize("worker", ["0", "-1", "x", "9" * 30, "\x00", "1.5", "１"])
def test_hostile_ticks_are_harmless(browser, vacancy, seeker, form, worker):
    answer = browser.post(f"/broker/vacancies/{vacancy.pk}/", form(worker=[worker]), follow=True)
    assert answer.status_code in (200, 409)
    assert not Recommendation.objects.exists()


def test_the_ranking_asks_no_more_queries_when_it_grows(browser, vacancy, make_seeker, queries_do_not_grow):
    make_seeker()
    queries_do_not_grow(browser, f"/broker/vacancies/{vacancy.pk}/", lambda: [make_seeker(f"张{n}") for n in range(12)])


def test_the_desk_asks_no_more_queries_when_it_grows(
    browser, make_vacancy, make_seeker, queries_do_not_grow, li_fang, at
):
    services.apply(make_vacancy(), make_seeker("李芳", user=li_fang), by=li_fang, at=at)

    def more():
        for _number in range(5):
            services.apply(make_vacancy(), li_fang.worker, by=li_fang, at=at)

    queries_do_not_grow(browser, "/broker/", more)


def test_after_the_answer_one_tap_shows_the_number_and_the_next_one_calls(
    browser, vacancy, seeker, wang_wei, du_gaotian, at
):
    [offer] = services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at).offers
    row = services.accept(offer, by=wang_wei, at=at)
    desk = browser.get("/broker/")
    assert f'action="/broker/applications/{row.pk}/phone/"' in desk.content.decode()
    assert "13800000001" not in desk.content.decode()
    shown = browser.post(f"/broker/applications/{row.pk}/phone/")
    assert 'href="tel:13800000001"' in shown.content.decode()
    assert "13800000001" not in browser.get(f"/broker/applications/{row.pk}/").content.decode()


def test_another_brokers_application_is_not_there(client_of, fengjie_broker, vacancy, seeker, wang_wei, at):
    row = services.apply(vacancy, seeker, by=wang_wei, at=at)
    other = client_of(fengjie_broker)
    assert other.get(f"/broker/applications/{row.pk}/").status_code == 404
    assert other.post(f"/broker/applications/{row.pk}/phone/").status_code == 404
    assert other.post(f"/broker/applications/{row.pk}/hire/").status_code == 404


def test_hired_and_not_hired(browser, make_vacancy, seeker, wang_wei, at):
    first = services.apply(make_vacancy(), seeker, by=wang_wei, at=at)
    second = services.apply(make_vacancy(), seeker, by=wang_wei, at=at)
    browser.post(f"/broker/applications/{first.pk}/hire/")
    empty = browser.post(f"/broker/applications/{second.pk}/reject/", {"reason": ""})
    assert "请写明原因" in text_of(empty)
    browser.post(f"/broker/applications/{second.pk}/reject/", {"reason": "单位已招到人"})
    assert list(Application.objects.order_by("pk").values_list("state", flat=True)) == ["hired", "rejected"]
    assert browser.post(f"/broker/applications/{second.pk}/burn/").status_code == 404


def notice_of(company, at, **changes):
    return {
        "employer": company.pk,
        "employer_profile": "本地企业。",
        "title": "维修电工",
        "trade": "electrician",
        "headcount": "3",
        "requirements": "持低压电工证。",
        "skill_level": "",
        "duties": "厂区线路检修。",
        "division": "500116001",
        "address": "工业路 8 号",
        "pay_min": "6500",
        "pay_max": "8000.50",
        "pay_unit": "month",
        "pay_cycle": "month",
        "pay_day": "10",
        "expires_on": (local_day(at) + timedelta(days=30)).isoformat(),
        **changes,
    }


def test_a_broker_registers_a_vacancy_that_waits_for_an_official(browser, employer, at, form):
    answer = browser.post("/broker/vacancies/new/", form(**notice_of(employer, at)), follow=True)
    row = Vacancy.objects.get()
    assert "工作人员审核后发布" in text_of(answer)
    assert (row.state, row.pay_min_fen, row.pay_max_fen) == ("pending", 650_000, 800_050)
    assert "电工" in row.keywords


def test_every_forbidden_word_is_said_at_its_field_and_nothing_typed_is_lost(browser, employer, at, form):
    posted = notice_of(employer, at, title="女文员", requirements="限汉族", duties="检修")
    answer = browser.post("/broker/vacancies/new/", form(**posted))
    words = text_of(answer)
    assert "“女文员”涉及性别歧视" in words
    assert "“限汉族”涉及民族、种族歧视" in words
    assert 'value="女文员"' in answer.content.decode()
    assert "<title>错误：" in answer.content.decode()
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("employer", "999999999999999999999"),
        ("headcount", "0"),
        ("headcount", "9" * 30),
        ("headcount", "三"),
        ("pay_min", "-5"),
        ("pay_min", "1e400"),
        ("pay_min", "NaN"),
        ("pay_max", "100"),
        ("pay_max", "9" * 40),
        ("pay_day", "32"),
        ("pay_day", ""),
        ("division", "999999999"),
        ("trade", "wizard"),
        ("expires_on", "2026-13-45"),
        ("expires_on", "9999-12-31"),
        ("expires_on", "0001-01-01"),
        ("starts_on", "昨天"),
        ("title", ""),
        ("title", "长" * 41),
        ("title", "电\x00工"),
        ("duties", "长" * 500_000),
        ("benefits", "gold"),
        ("skill_level", "99"),
    ],
)
def test_wrong_and_hostile_fields_are_answered_with_a_sentence(browser, employer, at, form, name, value):
    answer = browser.post("/broker/vacancies/new/", form(**notice_of(employer, at, **{name: value})))
    assert answer.status_code == 200
    assert "还有几处需要改" in text_of(answer)
    assert not Vacancy.objects.exists()


def test_a_form_beyond_all_measure_is_refused_whole(browser, employer, at, form):
    posted = form(**notice_of(employer, at, duties="长" * 2_000_000))
    assert browser.post("/broker/vacancies/new/", posted).status_code == 400


def test_fields_that_are_not_in_the_form_change_nothing(browser, employer, at, form):
    extra = {"state": "published", "filled_count": "3", "checked_by": "1", "registered_by": "1", "is_staff": "on"}
    browser.post("/broker/vacancies/new/", form(**notice_of(employer, at), **extra))
    row = Vacancy.objects.get()
    assert (row.state, row.filled_count, row.checked_by) == ("pending", 0, None)


def test_a_refused_notice_is_corrected_on_the_same_form(
    browser, notice, employer, du_gaotian, jiangjin_official, at, form
):
    row = services.register(**notice(), by=du_gaotian, at=at)
    services.refuse(row, reason="写清班次", by=jiangjin_official, at=at)
    page = browser.get(f"/broker/vacancies/{row.pk}/")
    assert "写清班次" in text_of(page)
    form_page = browser.get(f"/broker/vacancies/{row.pk}/edit/")
    assert 'value="6500' in form_page.content.decode()
    browser.post(f"/broker/vacancies/{row.pk}/edit/", form(**notice_of(employer, at, duties="白班，检修线路。")))
    row.refresh_from_db()
    assert (row.state, row.duties) == ("pending", "白班，检修线路。")


def test_a_vacancy_that_is_public_cannot_be_rewritten(browser, vacancy, employer, at, form):
    answer = browser.post(f"/broker/vacancies/{vacancy.pk}/edit/", form(**notice_of(employer, at, title="改过")))
    assert "招聘中" in text_of(answer)
    vacancy.refresh_from_db()
    assert vacancy.title == "低压电工"


def test_a_vacancy_is_closed_with_its_reason(browser, vacancy):
    browser.post(f"/broker/vacancies/{vacancy.pk}/close/", {"reason": "订单取消"})
    vacancy.refresh_from_db()
    assert vacancy.state == "closed"
    assert audit.timeline(vacancy).last().reason == "订单取消"


def test_under_a_mandate_a_broker_applies_and_the_worker_sees_who_did(
    browser, client_of, vacancy, seeker, mandate, wang_wei, form
):
    page = browser.get(f"/broker/people/{seeker.worker_no}/")
    assert "低压电工" in text_of(page)
    assert "家就在几江街道" in text_of(page)
    answer = browser.post(f"/broker/people/{seeker.worker_no}/apply/{vacancy.pk}/", form(), follow=True)
    assert "已代为报名" in text_of(answer)
    assert "杜高田代报" in text_of(client_of(wang_wei).get("/me/applications/"))


def test_without_a_mandate_a_person_is_not_there(browser, client_of, fengjie_broker, vacancy, seeker, form, mandate):
    other = client_of(fengjie_broker)
    assert other.get(f"/broker/people/{seeker.worker_no}/").status_code == 404
    assert other.post(f"/broker/people/{seeker.worker_no}/apply/{vacancy.pk}/", form()).status_code == 404
    assert browser.get("/broker/people/W999999999/").status_code == 404
    assert not Application.objects.exists()


def test_a_mandate_for_something_else_is_not_enough(browser, seeker, du_gaotian, wang_wei, at):
    grant_mandate(seeker, du_gaotian, scope=["wages"], evidence="sms", by=wang_wei, at=at)
    assert browser.get(f"/broker/people/{seeker.worker_no}/").status_code == 403
