"""Masked values are opened a number of times a day by one official, also when they click at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.errors import Refusal
from core.models import AuditEntry, Parameter
from tests.races import at_once, meet_after, passed
from workers import services
from workers.services import sightings

from .conftest import ID_NUMBER


@pytest.fixture
def quota(db):
    """`quota(n)`, taken back afterwards: parameters outlive a test that really commits."""
    rows = Parameter.objects.filter(key=sightings.QUOTA)
    before = rows.get().value
    yield lambda number: rows.update(value=number)
    rows.update(value=before)


def look(worker, by, at):
    return services.reveal(worker, "id_number", reason="核对工资表", by=by, at=at)


def test_the_last_value_of_the_day_is_shown_and_the_next_one_is_not(worker, jiangjin_official, at, quota):
    quota(2)
    assert [look(worker, jiangjin_official, at) for _ in range(2)] == [ID_NUMBER] * 2
    assert services.reveals_left(jiangjin_official, at=at) == 0
    with pytest.raises(Refusal, match="每天的上限"):
        look(worker, jiangjin_official, at)
    assert len(services.seen_by(worker)) == 2


def test_each_official_and_each_day_counts_for_itself(worker, jiangjin_official, city_official, at, quota):
    quota(1)
    look(worker, jiangjin_official, at)
    assert look(worker, city_official, at) == ID_NUMBER
    late = at.replace(hour=23, minute=59)
    with pytest.raises(Refusal):
        look(worker, jiangjin_official, late)
    assert look(worker, jiangjin_official, late + timedelta(minutes=2)) == ID_NUMBER


def test_a_refused_reason_costs_nothing(worker, jiangjin_official, at, quota):
    quota(1)
    with pytest.raises(Refusal):
        services.reveal(worker, "id_number", reason="看", by=jiangjin_official, at=at)
    assert services.reveals_left(jiangjin_official, at=at) == 1


def test_the_page_says_how_many_are_left_and_then_refuses_in_words(worker, jiangjin_official, client_of, quota):
    quota(1)
    desk, url = client_of(jiangjin_official), reverse("admin:workers_worker_reveal", args=[worker.pk, "id_number"])
    assert "今天还可以查看 1 次" in desk.get(url).content.decode()
    assert ID_NUMBER in desk.post(url, {"reason": "核对工资表"}).content.decode()
    refused = desk.post(url, {"reason": "核对工资表"}).content.decode()
    assert "每天的上限" in refused and ID_NUMBER not in refused


def ten_at_once(worker, by, at):
    return len(passed(at_once(*[lambda: look(worker, by, at)] * 10)))


@pytest.mark.django_db(transaction=True)
def test_looking_at_once_does_not_overrun_the_quota(worker, jiangjin_official, at, quota):
    quota(3)
    assert ten_at_once(worker, jiangjin_official, at) == 3
    assert AuditEntry.objects.filter(verb=sightings.REVEALED).count() == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_quota_is_overrun(worker, jiangjin_official, at, quota, monkeypatch):
    """Negative control: counting alone lets everybody through who counts before anybody writes."""
    quota(3)
    monkeypatch.setattr(sightings, "queue_for", lambda key: None)
    monkeypatch.setattr(sightings, "_refuse_beyond_quota", meet_after(sightings._refuse_beyond_quota, 10))
    assert ten_at_once(worker, jiangjin_official, at) > 3
