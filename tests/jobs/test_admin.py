"""Officials check vacancies: the longest waiting first, two buttons, the other official is told."""

from datetime import timedelta

import pytest

from core.errors import Refusal
from jobs import services
from jobs.models import Vacancy

from .test_pages_public import text_of

pytestmark = pytest.mark.django_db
LIST = "/admin/jobs/vacancy/"


@pytest.fixture
def pending(notice, du_gaotian, at):
    return services.register(**notice(), by=du_gaotian, at=at)


@pytest.fixture
def browser(client_of, jiangjin_official):
    return client_of(jiangjin_official)


def decide(row, verb):
    return f"{LIST}{row.pk}/decide/{verb}/"


def test_the_longest_waiting_vacancy_stands_on_top(browser, make_vacancy, at):
    make_vacancy(title="已发布", created_at=at - timedelta(days=30))
    make_vacancy(title="等两天", state="pending", created_at=at - timedelta(days=2))
    make_vacancy(title="等五天", state="pending", created_at=at - timedelta(days=5))
    page = text_of(browser.get(LIST))
    assert page.index("等五天") < page.index("等两天") < page.index("已发布")


def test_an_official_reads_and_publishes(browser, pending):
    page = text_of(browser.get(f"{LIST}{pending.pk}/change/"))
    assert "没有发现歧视性用语" in page
    assert "通过并发布" in page
    assert "低压电工" in text_of(browser.get(decide(pending, "publish")))
    browser.post(decide(pending, "publish"))
    pending.refresh_from_db()
    assert pending.state == "published"
    assert "江津经办" in text_of(browser.get(f"{LIST}{pending.pk}/change/"))


def test_the_wording_check_shows_what_slipped_in(browser, pending):
    Vacancy.objects.update(requirements="限男性")
    assert "涉及性别歧视" in text_of(browser.get(f"{LIST}{pending.pk}/change/"))


def test_refusing_without_a_reason_stays_on_the_page(browser, pending):
    assert browser.post(decide(pending, "refuse"), {"reason": ""}).status_code == 200
    browser.post(decide(pending, "refuse"), {"reason": "没有写班次"})
    pending.refresh_from_db()
    assert (pending.state, pending.refusal_reason) == ("refused", "没有写班次")


def test_the_second_official_is_told_in_the_page(browser, pending, city_official, at):
    services.publish(pending, by=city_official, at=at)
    answer = browser.post(decide(pending, "refuse"), {"reason": "不清楚"}, follow=True)
    assert "市级经办" in text_of(answer)
    pending.refresh_from_db()
    assert pending.state == "published"


def test_another_district_sees_nothing_and_an_auditor_only_reads(client_of, pending, fengjie_official, auditor):
    assert client_of(fengjie_official).get(f"{LIST}{pending.pk}/change/").status_code in (302, 404)
    assert client_of(fengjie_official).post(decide(pending, "publish")).status_code == 404
    reader = client_of(auditor)
    assert reader.get(f"{LIST}{pending.pk}/change/").status_code == 200
    assert reader.post(decide(pending, "publish")).status_code == 403


def test_nobody_edits_adds_or_deletes_by_the_stock_forms(browser, pending):
    assert browser.get(f"{LIST}add/").status_code == 403
    assert browser.post(f"{LIST}{pending.pk}/change/", {"title": "改过", "state": "published"}).status_code == 403
    assert browser.post(f"{LIST}{pending.pk}/delete/", {"post": "yes"}).status_code == 403
    pending.refresh_from_db()
    assert (pending.title, pending.state) == ("低压电工", "pending")


@pytest.mark.parametrize("verb", ["burn", "expire", "fill"])
def test_unknown_verbs_are_not_found(browser, pending, verb):
    assert browser.post(decide(pending, verb)).status_code == 404


def test_an_official_confirms_a_hire(browser, vacancy, seeker, wang_wei, at):
    row = services.apply(vacancy, seeker, by=wang_wei, at=at)
    assert "确认录用" in text_of(browser.get(f"/admin/jobs/application/{row.pk}/change/"))
    browser.post(f"/admin/jobs/application/{row.pk}/decide/hire/")
    row.refresh_from_db()
    assert row.state == "hired"


def test_an_official_takes_a_mistaken_hire_back_with_a_reason(browser, vacancy, seeker, wang_wei, du_gaotian, at):
    row = services.hire(services.apply(vacancy, seeker, by=wang_wei, at=at), by=du_gaotian, at=at)
    address = f"/admin/jobs/application/{row.pk}/decide/unhire/"
    asked = text_of(browser.post(address, {"reason": ""}))
    for shown in ("请写明原因", "低压电工（招聘中，招 2 人，还差 1 人）", seeker.worker_no, "重庆测试电气有限公司"):
        assert shown in asked
    browser.post(address, {"reason": "单位没有录用他"})
    row.refresh_from_db()
    assert row.state == "viewed"


def test_what_the_service_refuses_stands_in_the_form_with_what_was_typed(browser, pending, monkeypatch):
    def no(*args, **kwargs):
        raise Refusal("原因要写得更清楚。", field="reason")

    monkeypatch.setattr(services, "refuse", no)
    answer = browser.post(decide(pending, "refuse"), {"reason": "不行"})
    assert "原因要写得更清楚。" in text_of(answer)
    assert ">不行</textarea>" in answer.content.decode().replace("\n", "")


@pytest.mark.parametrize("model", ["vacancy", "application", "recommendation"])
def test_lists_open_and_name_no_worker(browser, vacancy, seeker, wang_wei, du_gaotian, at, model, make_vacancy):
    services.apply(vacancy, seeker, by=wang_wei, at=at)
    services.recommend(make_vacancy(), [seeker.pk], by=du_gaotian, at=at)
    page = browser.get(f"/admin/jobs/{model}/")
    assert page.status_code == 200
    assert "王伟" not in text_of(page)


def test_the_list_asks_no_more_queries_when_it_grows(browser, make_vacancy, queries_do_not_grow):
    make_vacancy(state="pending")
    queries_do_not_grow(browser, LIST, lambda: [make_vacancy(state="pending") for _number in range(8)])
