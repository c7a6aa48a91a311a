"""The broker's workbench: from a vacancy to people, from an answer to a call, and acting under a mandate."""

import re
from datetime import timedelta

import pytest

from jobs import services
from jobs.models import Application, Recommendation
from workers.enums import Purpose
from workers.services import grant_mandate, withdraw_consent

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


def test_a_hire_confirmed_by_mistake_is_taken_back_with_a_reason(browser, make_vacancy, seeker, wang_wei, at):
    row = services.apply(make_vacancy(headcount=1), seeker, by=wang_wei, at=at)
    address = f"/broker/applications/{row.pk}/"
    browser.post(f"{address}hire/")
    assert "点错了？撤销录用" in text_of(browser.get(address))
    empty = browser.post(f"{address}unhire/", {"reason": " "})
    assert "请写明原因" in text_of(empty)
    answer = browser.post(f"{address}unhire/", {"reason": "点错了人"}, follow=True)
    assert "已撤销录用" in text_of(answer)
    row.refresh_from_db()
    assert row.state == "viewed"


@pytest.mark.parametrize(("state", "offered"), [("published", True), ("expired", True), ("closed", False)])
def test_hiring_is_offered_only_where_it_is_possible(browser, vacancy, seeker, wang_wei, at, state, offered):
    row = services.apply(vacancy, seeker, by=wang_wei, at=at)
    type(vacancy).objects.filter(pk=vacancy.pk).update(state=state)
    page = browser.get(f"/broker/applications/{row.pk}/")
    assert (f"/broker/applications/{row.pk}/hire/" in page.content.decode()) == offered
    assert ("已关闭，不能再确认录用" in text_of(page)) != offered
    assert f"/broker/applications/{row.pk}/reject/" in page.content.decode()


def test_without_the_consent_to_matching_a_client_is_shown_new_jobs_and_no_reasons(
    browser, make_vacancy, seeker, mandate, wang_wei, at
):
    make_vacancy(title="食堂掌勺", trade="cook", refreshed_at=at + timedelta(minutes=5))
    make_vacancy(title="低压电工")
    page = browser.get(f"/broker/people/{seeker.worker_no}/").text
    assert page.index("低压电工") < page.index("食堂掌勺")
    assert "工种一致" in page
    withdraw_consent(seeker, Purpose.DEPARTMENT_MATCH, by=wang_wei, at=at)
    page = browser.get(f"/broker/people/{seeker.worker_no}/").text
    assert page.index("食堂掌勺") < page.index("低压电工")
    assert "工种一致" not in page and "没有同意自动匹配" in page
