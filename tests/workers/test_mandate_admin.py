"""Mandates in the officials' site: read by jurisdiction, ended with a reason, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice, SmsMessage
from core import audit, outbox
from workers import services
from workers.models import Mandate
from workers.services.sightings import VIEWED

LIST = reverse("admin:workers_mandate_changelist")


def page_of(mandate):
    return reverse("admin:workers_mandate_change", args=[mandate.pk])


def end_of(mandate):
    return reverse("admin:workers_mandate_decide", args=[mandate.pk, "end"])


@pytest.fixture
def lasting(mandate):
    """In force by the clock of the browser that opens the page, too."""
    Mandate.objects.filter(pk=mandate.pk).update(expires_at=timezone.now() + timedelta(days=200))
    mandate.refresh_from_db()
    return mandate


def test_an_official_of_the_place_reads_the_list_by_number_and_finds_by_number_or_broker(
    lasting, jiangjin_official, client_of
):
    desk = client_of(jiangjin_official)
    shown = desk.get(LIST).text
    assert lasting.worker.worker_no in shown
    assert "杜高田" in shown
    assert "王伟" not in shown
    for typed, found in [(lasting.worker.worker_no.lower(), True), ("杜高田", True), ("谭明贵", False)]:
        answer = desk.post(LIST, {"q": typed}, follow=True)
        assert (lasting.worker.worker_no in answer.text.split('id="result_list"')[-1]) is found, typed


def test_the_filter_follows_the_moments_of_a_mandate(lasting, jiangjin_official, client_of):
    desk, now = client_of(jiangjin_official), timezone.now()

    def standings():
        kinds = ("live", "soon", "over", "ended")
        return [kind for kind in kinds if 'id="result_list"' in desk.get(LIST, {"standing": kind}).text]

    assert standings() == ["live"]
    Mandate.objects.filter(pk=lasting.pk).update(expires_at=now + timedelta(days=3))
    assert standings() == ["live", "soon"]
    Mandate.objects.filter(pk=lasting.pk).update(expires_at=now - timedelta(days=3))
    assert standings() == ["over"]
    Mandate.objects.filter(pk=lasting.pk).update(ended_at=now, ended_by=lasting.broker)
    assert standings() == ["ended"]


def test_another_district_sees_and_ends_none(lasting, fengjie_official, client_of):
    desk = client_of(fengjie_official)
    assert lasting.worker.worker_no not in desk.get(LIST).text
    assert desk.get(page_of(lasting)).status_code == 404
    assert desk.post(end_of(lasting), {"reason": "经纪人违规"}).status_code == 404


def test_an_auditor_reads_metadata_and_cannot_end(lasting, auditor, client_of):
    desk = client_of(auditor)
    page = desk.get(page_of(lasting)).text
    assert "杜高田" in page
    assert "王伟" not in page
    assert end_of(lasting) not in page
    assert desk.post(end_of(lasting), {"reason": "抽查发现问题"}).status_code == 403


def test_ending_needs_a_reason_and_is_in_the_trail_and_told_to_both(lasting, worker, jiangjin_official, client_of):
    desk = client_of(jiangjin_official)
    assert end_of(lasting) in desk.get(page_of(lasting)).text
    assert "请写明理由" in desk.post(end_of(lasting), {"reason": "嗯"}).text
    assert Mandate.objects.live().filter(pk=lasting.pk).exists()
    assert desk.post(end_of(lasting), {"reason": "经纪人违规收费"}).url == page_of(lasting)
    ended = Mandate.objects.get(pk=lasting.pk)
    assert ended.ended_by == jiangjin_official
    entry = audit.timeline(worker).get(verb="workers.mandate_ended")
    assert (entry.actor_id, entry.reason) == (jiangjin_official.pk, "经纪人违规收费")
    after = desk.get(page_of(lasting)).text
    assert "经纪人违规收费" in after and end_of(lasting) not in after
    outbox.drain(at=timezone.now())
    told = Notice.objects.filter(event="workers.mandate_ended")
    assert {notice.user for notice in told} == {worker.user, lasting.broker}
    assert all("经纪人违规收费" in notice.text for notice in told)
    assert SmsMessage.objects.filter(event="workers.mandate_ended").count() == 1


def test_who_ends_it_without_an_official_troubles_nobody(lasting, worker, at):
    services.end_mandate(lasting, by=worker.user, at=at)
    outbox.drain(at=at)
    assert not Notice.objects.filter(event="workers.mandate_ended").exists()


def test_opening_one_is_seen_by_the_worker(lasting, worker, jiangjin_official, client_of):
    client_of(jiangjin_official).get(page_of(lasting))
    assert audit.timeline(worker).get(verb=VIEWED).reason == "查看委托"


def test_many_mandates_ask_no_more_questions_than_few(
    lasting, fengjie_broker, jiangjin_official, client_of, queries_do_not_grow, at
):
    def add():
        one = {"scope": ["jobs"], "evidence": "sms", "by": lasting.worker.user, "at": at}
        services.grant_mandate(lasting.worker, fengjie_broker, **one)

    queries_do_not_grow(client_of(jiangjin_official), LIST, add)
