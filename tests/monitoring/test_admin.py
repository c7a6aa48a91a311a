"""Officials order, publish and withdraw through buttons."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import outbox
from monitoring import services
from monitoring.enums import ReportState
from monitoring.models import BuildOrder, Report
from monitoring.periods import parse

pytestmark = pytest.mark.django_db
LIST = "/admin/monitoring/report/"
BUILD = f"{LIST}build/"


@pytest.fixture
def draft(registry, november):
    return services.build(parse("2026-10"), by=None, at=november)


def decide(report, verb):
    return reverse("admin:monitoring_report_decide", args=[report.pk, verb])


def publish(browser, report):
    """As from the page that shows this draft."""
    return browser.post(decide(report, "publish"), {"built_at": report.built_at.isoformat()})


def test_a_city_official_publishes_a_draft_with_one_button(client_of, city_official, draft):
    browser = client_of(city_official)
    page = browser.get(f"{LIST}{draft.pk}/change/")
    assert decide(draft, "publish") in page.content.decode()
    draft.refresh_from_db()
    assert draft.built_at.isoformat() in browser.get(decide(draft, "publish")).text
    assert publish(browser, draft).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.published_by) == (ReportState.PUBLISHED, city_official)
    assert "发布" in browser.get(f"{LIST}{draft.pk}/change/").content.decode()


def test_looking_at_the_button_publishes_nothing(client_of, city_official, draft):
    client_of(city_official).get(decide(draft, "publish"))
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT


@pytest.mark.parametrize("who", ["jiangjin_official", "auditor"])
def test_district_officials_and_auditors_look_but_do_not_decide(request, client_of, draft, who):
    browser = client_of(request.getfixturevalue(who))
    page = browser.get(f"{LIST}{draft.pk}/change/")
    assert page.status_code == 200 and "/decide/" not in page.content.decode()
    assert browser.post(decide(draft, "publish")).status_code == 403
    assert browser.post(BUILD, {"period": "2026-10"}).status_code == 403
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT


@pytest.mark.parametrize("who", ["wang_wei", "du_gaotian"])
def test_workers_and_brokers_do_not_reach_the_desk(request, client_of, draft, who):
    browser = client_of(request.getfixturevalue(who))
    for url in (LIST, decide(draft, "publish"), BUILD):
        assert browser.post(url).status_code in (302, 403)
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT


def test_nobody_adds_edits_or_deletes_a_report_by_hand(client_of, city_official, draft):
    browser = client_of(city_official)
    assert browser.get(f"{LIST}add/").status_code == 403
    assert browser.post(f"{LIST}{draft.pk}/change/", {"state": "published", "version": 7}).status_code == 403
    assert browser.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 403
    draft.refresh_from_db()
    assert (draft.state, draft.version) == (ReportState.DRAFT, 1)


def test_withdrawing_asks_for_the_reason(client_of, city_official, october):
    browser = client_of(city_official)
    assert "这个字段是必填项" in browser.post(decide(october, "withdraw"), {"reason": ""}).content.decode()
    assert browser.post(decide(october, "withdraw"), {"reason": "口径有误"}).status_code == 302
    october.refresh_from_db()
    assert october.state == ReportState.WITHDRAWN


def test_publishing_twice_is_answered_with_who_was_first(client_of, city_official, draft):
    browser = client_of(city_official)
    publish(browser, draft)
    answer = browser.post(decide(draft, "publish"), {"built_at": draft.built_at.isoformat()}, follow=True)
    assert "市级经办" in answer.text and "已先行办理" in answer.text


def test_a_draft_built_anew_after_one_looked_is_not_published(client_of, city_official, draft, november):
    seen = draft.built_at.isoformat()
    services.build(parse("2026-10"), by=None, at=november + timedelta(minutes=5))
    for built_at in (seen, "", "yesterday"):
        answer = client_of(city_official).post(decide(draft, "publish"), {"built_at": built_at})
        assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT


@pytest.fixture
def at_the_desk(client_of, city_official, registry, monkeypatch, november):
    monkeypatch.setattr("monitoring.admin.timezone.now", lambda: november)
    return client_of(city_official)


def test_the_desk_orders_a_month_and_the_page_follows_it_through_signing_out(
    at_the_desk, client_of, city_official, november
):
    assert BUILD in at_the_desk.get(LIST).text
    answer = at_the_desk.post(BUILD, {"period": "2026-10"})
    page = answer["Location"]
    assert not Report.objects.exists()
    waiting = at_the_desk.get(page).text
    assert "排队中" in waiting and "市级经办" in waiting and 'http-equiv="refresh"' not in waiting
    assert 'http-equiv="refresh"' in at_the_desk.get(f"{page}?follow=1").text
    at_the_desk.logout()
    outbox.drain(at=november)
    again = client_of(city_official)
    done = again.get(f"{page}?follow=1").text
    assert "已编好" in done and 'http-equiv="refresh"' not in done
    assert page in again.get(LIST).text
    assert Report.objects.get().built_by == city_official


def test_a_second_order_is_answered_at_the_field(at_the_desk):
    at_the_desk.post(BUILD, {"period": "2026-10"})
    answer = at_the_desk.post(BUILD, {"period": "2026-10"})
    assert answer.status_code == 200 and "已在2026年11月2日 周一 01:30下单" in answer.text
    assert BuildOrder.objects.count() == 1


def test_who_had_it_built_is_told_that_another_publishes(at_the_desk, november, city_official):
    at_the_desk.post(BUILD, {"period": "2026-10"})
    outbox.drain(at=november)
    draft = Report.objects.get()
    page = at_the_desk.get(f"{LIST}{draft.pk}/change/").text
    assert "要由另一位全市工作人员发布" in page and decide(draft, "publish") not in page
    assert publish(at_the_desk, draft).status_code == 403
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT


def test_an_order_is_read_by_officials_only(at_the_desk, client_of, wang_wei, jiangjin_official):
    page = at_the_desk.post(BUILD, {"period": "2026-10"})["Location"]
    assert client_of(wang_wei).get(page).status_code in (302, 403)
    assert client_of(jiangjin_official).get(page).status_code == 200
    assert client_of(jiangjin_official).get(f"{LIST}orders/999/").status_code == 404


@pytest.mark.parametrize("text", ["", "2026-13", "x" * 500, "2027-05", "\x00"])
def test_a_wrong_month_is_answered_at_the_field(client_of, city_official, text, monkeypatch, november):
    monkeypatch.setattr("monitoring.admin.timezone.now", lambda: november)
    answer = client_of(city_official).post(BUILD, {"period": text})
    assert answer.status_code == 200 and "errorlist" in answer.content.decode()
    assert not BuildOrder.objects.exists()


def test_an_unknown_verb_or_report_is_404(client_of, city_official, draft):
    browser = client_of(city_official)
    assert browser.post(decide(draft, "supersede")).status_code == 404
    assert browser.post(f"{LIST}999/decide/publish/").status_code == 404
