"""Officials build, publish and withdraw through buttons."""

import pytest
from django.urls import reverse

from monitoring import services
from monitoring.enums import ReportState
from monitoring.models import Report
from monitoring.periods import parse

pytestmark = pytest.mark.django_db
LIST = "/admin/monitoring/report/"
BUILD = f"{LIST}build/"


@pytest.fixture
def draft(registry, november):
    return services.build(parse("2026-10"), by=None, at=november)


def decide(report, verb):
    return reverse("admin:monitoring_report_decide", args=[report.pk, verb])


def test_a_city_official_publishes_a_draft_with_one_button(client_of, city_official, draft):
    browser = client_of(city_official)
    page = browser.get(f"{LIST}{draft.pk}/change/")
    assert decide(draft, "publish") in page.content.decode()
    assert browser.get(decide(draft, "publish")).status_code == 200
    assert browser.post(decide(draft, "publish")).status_code == 302
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
    browser.post(decide(draft, "publish"))
    answer = browser.post(decide(draft, "publish"))
    assert answer.status_code == 200 and "市级经办" in answer.content.decode()


def test_building_a_month_from_the_desk(client_of, city_official, registry, monkeypatch, november):
    monkeypatch.setattr("monitoring.admin.timezone.now", lambda: november)
    browser = client_of(city_official)
    assert BUILD in browser.get(LIST).content.decode()
    assert browser.post(BUILD, {"period": "2026-10"}).status_code == 302
    assert Report.objects.get().built_by == city_official


@pytest.mark.parametrize("text", ["", "2026-13", "x" * 500, "2027-05", "\x00"])
def test_a_wrong_month_is_answered_at_the_field(client_of, city_official, text, monkeypatch, november):
    monkeypatch.setattr("monitoring.admin.timezone.now", lambda: november)
    answer = client_of(city_official).post(BUILD, {"period": text})
    assert answer.status_code == 200 and "errorlist" in answer.content.decode()
    assert not Report.objects.exists()


def test_an_unknown_verb_or_report_is_404(client_of, city_official, draft):
    browser = client_of(city_official)
    assert browser.post(decide(draft, "supersede")).status_code == 404
    assert browser.post(f"{LIST}999/decide/publish/").status_code == 404
