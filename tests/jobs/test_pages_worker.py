"""What a worker does in the browser: apply in one tap, answer in one tap, take it back."""

import re

import pytest

from accounts.models import Notice, SmsMessage
from core import outbox
from core.submissions import FIELD
from jobs import services
from jobs.models import Application, Recommendation
from workers.services import withdraw_consent
from workers.services.intents import TO_BE_RECOMMENDED

from .test_pages_public import text_of

pytestmark = pytest.mark.django_db


def key_of(page, action):
    """The submission key inside the form with this address."""
    html = page.content.decode()
    part = html[html.index(f'action="{action}"') :]
    return re.search(rf'name="{FIELD}" value="([^"]+)"', part)[1]


@pytest.fixture
def browser(client_of, wang_wei, seeker):
    return client_of(wang_wei)


@pytest.fixture
def offer(vacancy, seeker, du_gaotian, at):
    [row] = services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at).offers
    return row


def test_signed_in_one_tap_applies(browser, vacancy):
    page = browser.get(f"/jobs/{vacancy.pk}/")
    address = f"/jobs/{vacancy.pk}/apply/"
    answer = browser.post(address, {FIELD: key_of(page, address)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/me/applications/"
    assert "报名成功" in text_of(answer)
    assert Application.objects.count() == 1


def test_a_double_tap_is_one_application(browser, vacancy, form):
    posted = form()
    first = browser.post(f"/jobs/{vacancy.pk}/apply/", posted, follow=True)
    second = browser.post(f"/jobs/{vacancy.pk}/apply/", posted, follow=True)
    assert "报名成功" in text_of(first)
    assert "已经报过名" in text_of(second)
    assert Application.objects.count() == 1


def test_a_first_visit_without_any_record_can_apply(client_of, li_fang, vacancy, form):
    answer = client_of(li_fang).post(f"/jobs/{vacancy.pk}/apply/", form(), follow=True)
    assert "报名成功" in text_of(answer)


def test_a_form_without_its_key_says_so_and_changes_nothing(browser, vacancy):
    answer = browser.post(f"/jobs/{vacancy.pk}/apply/", {})
    assert answer.status_code == 409
    assert "请重新提交" in text_of(answer)
    assert not Application.objects.exists()


def test_looking_changes_nothing(browser, vacancy, offer):
    for address in (f"/jobs/{vacancy.pk}/", f"/jobs/{vacancy.pk}/apply/", "/me/applications/"):
        assert browser.get(address).status_code == 200
    assert not Application.objects.exists()
    assert browser.get(f"/me/offers/{offer.pk}/accept/").status_code == 405


def test_an_offer_says_who_and_why_and_is_accepted_in_one_tap(browser, offer):
    page = browser.get("/me/applications/")
    assert "杜高田推荐给你" in text_of(page)
    assert "工种一致（电工 9 年）" in text_of(page)
    address = f"/me/offers/{offer.pk}/accept/"
    answer = browser.post(address, {FIELD: key_of(page, address)}, follow=True)
    assert "已接受" in text_of(answer)
    assert Application.objects.get().recommendation == offer


def test_an_offer_is_declined_in_one_tap(browser, offer):
    page = browser.get("/me/applications/")
    address = f"/me/offers/{offer.pk}/decline/"
    browser.post(address, {FIELD: key_of(page, address)})
    assert Recommendation.objects.get().state == "declined"


def test_an_answer_that_came_too_late_is_a_sentence(browser, offer, vacancy, du_gaotian, at, form):
    services.close(vacancy, reason="招满了", by=du_gaotian, at=at)
    answer = browser.post(f"/me/offers/{offer.pk}/accept/", form(), follow=True)
    assert answer.status_code == 200
    assert "不再招人" in text_of(answer)


def test_an_application_is_withdrawn_from_the_list(browser, vacancy, seeker, wang_wei, at):
    services.apply(vacancy, seeker, by=wang_wei, at=at)
    row = Application.objects.get()
    page = browser.get("/me/applications/")
    address = f"/me/applications/{row.pk}/withdraw/"
    answer = browser.post(address, {FIELD: key_of(page, address)}, follow=True)
    assert "已撤回" in text_of(answer)


@pytest.mark.parametrize("purpose", TO_BE_RECOMMENDED)
def test_the_list_by_fit_says_why_and_exists_only_with_consent(browser, make_vacancy, seeker, wang_wei, at, purpose):
    make_vacancy(title="食堂掌勺", trade="cook")
    make_vacancy(title="低压电工")
    page = browser.get("/jobs/?sort=fit")
    assert "按适合程度排" in text_of(page)
    assert page.content.decode().index("低压电工") < page.content.decode().index("食堂掌勺")
    assert "为什么适合你" in text_of(page)
    withdraw_consent(seeker, purpose, by=wang_wei, at=at)
    page = browser.get("/jobs/?sort=fit")
    assert "按更新时间排" in text_of(page)
    assert "为什么适合你" not in text_of(page)


@pytest.mark.parametrize("cursor", ["0", "-3", "999", "x", "9" * 30, "²"])
def test_odd_page_numbers_of_the_list_by_fit_are_harmless(browser, vacancy, cursor):
    assert browser.get("/jobs/", {"sort": "fit", "cursor": cursor}).status_code == 200


def test_my_list_asks_no_more_queries_when_it_grows(browser, make_vacancy, seeker, wang_wei, at, queries_do_not_grow):
    services.apply(make_vacancy(), seeker, by=wang_wei, at=at)

    def more():
        for _number in range(8):
            services.apply(make_vacancy(), seeker, by=wang_wei, at=at)

    queries_do_not_grow(browser, "/me/applications/", more)


def test_each_step_tells_the_right_person_once_and_in_seventy_characters(offer, wang_wei, du_gaotian, at):
    outbox.drain(at=at)
    outbox.drain(at=at)
    assert Notice.objects.filter(user=wang_wei, event="jobs.offered").count() == 1
    application = services.accept(offer, by=wang_wei, at=at)
    services.hire(application, by=du_gaotian, at=at)
    outbox.drain(at=at)
    told = set(Notice.objects.values_list("user__display_name", "event"))
    assert {("王伟", "jobs.offered"), ("杜高田", "jobs.accepted"), ("王伟", "jobs.hired")} <= told
    assert SmsMessage.objects.exists()
    assert all(len(notice.text) <= 70 for notice in Notice.objects.all())
    assert not any("13800000001" in notice.text for notice in Notice.objects.all())
